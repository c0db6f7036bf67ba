// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "coinvest/queries/groups.hpp"

namespace coinvest::cli {
namespace {

Choices<const ClusterMethod*> method_choices() {
  Choices<const ClusterMethod*> choices;
  for (const ClusterMethod& method : cluster_methods()) choices.emplace_back(method.name, &method);
  return choices;
}

class Clusters final : public Task {
 public:
  explicit Clusters(CLI::App& app) : query_(app), graph_(app) {
    add_choice(app, "--method", method_, method_choices(), "How groups are found");
    add_choice(app, "--graph", which_, graph_choices(), "Which graph is parted");
    app.add_option("--resolution", params_.resolution, "Above 1: more and smaller clusters")
        ->check(above_zero)
        ->capture_default_str();
    app.add_flag("--quality", quality_, "Judge the clusters instead of listing their members");
    add_count(app, "--randomisations", randomisations_, 0, 100'000,
              "With --quality: random graphs of the same degrees to compare with")
        ->default_str(std::to_string(randomisations_));
  }

  Result<void> run(Session& session) override {
    if (!is_defined_on(method_->graphs, which_))
      return fail(ErrorKind::usage,
                  fmt::format("{} is defined on the bipartite graph alone; ask with --graph bipartite", method_->name));
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) {
      return answer(deals, parameters, session.context);
    });
  }

 private:
  Result<Table> answer(const Deals& deals, Parameters& parameters, const Context& context) const {
    const auto graph = AnyGraph::build(deals, which_, graph_, context);
    if (!graph) return tl::unexpected(graph.error());
    const NamedGraph named = graph->named(*deals.data);
    const auto clustering = method_->run(named.view, params_, context);
    if (!clustering) return tl::unexpected(clustering.error());
    graph_.describe(parameters, which_);
    parameters.emplace_back("graph", std::string(word_of(graph_choices(), which_)));
    parameters.emplace_back("method", std::string(method_->name));
    parameters.emplace_back("resolution", params_.resolution);
    parameters.emplace_back("seed", static_cast<std::int64_t>(context.seed));
    if (!quality_) return clusters_table(named, *clustering, *method_, params_);
    parameters.emplace_back("randomisations", static_cast<std::int64_t>(randomisations_));
    TrustParams judged;
    judged.randomisations = static_cast<std::uint32_t>(randomisations_);
    GraphRecipe recipe;
    if (which_ == GraphKind::bipartite)
      recipe = *graph_.bipartite_weight();  // both were read when the graph was built
    else
      recipe = *graph_.ties();
    const auto trusted = trust(deals, recipe, named.view, *method_, params_, judged, context);
    if (!trusted) return tl::unexpected(trusted.error());
    return cluster_quality(named, deals, *clustering, *method_, params_, *trusted);
  }

  TableQuery query_;
  GraphOptions graph_;
  const ClusterMethod* method_ = find_cluster_method("leiden");
  GraphKind which_ = GraphKind::coinvest;
  ClusterParams params_;
  bool quality_ = false;
  std::uint64_t randomisations_ = TrustParams{}.randomisations;
};

}  // namespace

std::unique_ptr<Task> make_clusters(CLI::App& app) {
  return std::make_unique<Clusters>(app);
}

}  // namespace coinvest::cli
