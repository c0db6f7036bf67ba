// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/validation_options.hpp"
#include "cli/year_windows.hpp"
#include "coinvest/queries/cluster_history.hpp"
#include "coinvest/queries/groups.hpp"
#include "coinvest/queries/partners.hpp"

namespace coinvest::cli {
namespace {

enum class HistoryView : std::uint8_t { events, stability };

const Choices<Objective> objectives{{"modularity", Objective::modularity}, {"cpm", Objective::constant_potts}};
const Choices<HistoryView> history_views{{"events", HistoryView::events}, {"stability", HistoryView::stability}};

Choices<const ClusterMethod*> method_choices() {
  Choices<const ClusterMethod*> choices;
  for (const ClusterMethod& method : cluster_methods()) choices.emplace_back(method.name, &method);
  return choices;
}

/// Clusters of one window after the other.
class HistoryWindows : public YearWindows {
 public:
  explicit HistoryWindows(CLI::App& app) : YearWindows(app, "what became of clusters") {
    add_choice(app, "--view", view, history_views, "What became of clusters, or of each investor's mates")
        ->needs(option())
        ->group("Over time");
  }

  void describe(Parameters& parameters) const {
    YearWindows::describe(parameters);
    parameters.emplace_back("view", std::string(word_of(history_views, view)));
  }

  HistoryView view = HistoryView::events;
};

class Clusters final : public Task {
 public:
  explicit Clusters(CLI::App& app) : query_(app), graph_(app), validation_(app), history_(app) {
    add_choice(app, "--method", method_, method_choices(), "How groups are found");
    add_choice(app, "--graph", which_, graph_choices(), "Which graph is parted");
    add_choice(app, "--objective", params_.objective, objectives,
               "What leiden and louvain make large; cpm: clusters are denser than the resolution, in weight per pair");
    app.add_option("--resolution", params_.resolution, "The larger, the more and smaller clusters")
        ->check(above_zero)
        ->capture_default_str();
    app.add_flag("--quality", quality_, "Judge the clusters instead of listing their members")
        ->excludes(app.get_option("--windows"));
    randomisations_given_ = add_count(
        app, "--randomisations", randomisations_, 0, 100'000,
        "With --quality: random graphs of the same degrees to compare with (default: 100; of walktrap 10, each of "
        "which takes as long as the clusters themselves; with --validate none)");
  }

  Result<void> run(Session& session) override {
    if (auto good = check(); !good) return good;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) {
      return answer(deals, parameters, session.context);
    });
  }

 private:
  Result<void> check() const {
    if (!is_defined_on(method_->graphs, which_))
      return fail(ErrorKind::usage,
                  fmt::format("{} is defined on the bipartite graph alone; ask with --graph bipartite", method_->name));
    if (params_.objective != Objective::modularity && method_->objectives != Objectives::any)
      return fail(ErrorKind::usage, fmt::format("--objective is of leiden and louvain, not of {}", method_->name));
    if (which_ == GraphKind::coinvest) return validation_.check(graph_);
    if (validation_.wanted(TieBy::round) || history_.wanted())
      return fail(ErrorKind::usage, "--validate and --windows are about ties; ask with --graph coinvest");
    return {};
  }

  Result<Table> answer(const Deals& deals, Parameters& parameters, const Context& context) const {
    graph_.describe(parameters, which_);
    if (which_ == GraphKind::coinvest) validation_.describe(parameters);
    parameters.emplace_back("graph", std::string(word_of(graph_choices(), which_)));
    parameters.emplace_back("method", std::string(method_->name));
    parameters.emplace_back("objective", std::string(word_of(objectives, params_.objective)));
    parameters.emplace_back("resolution", params_.resolution);
    parameters.emplace_back("seed", static_cast<std::int64_t>(context.seed));
    if (history_.wanted()) return over_time(deals, parameters, context);

    auto graph = AnyGraph::build(deals, which_, graph_, context);
    if (!graph) return tl::unexpected(graph.error());
    std::optional<TieValidation> validation;
    if (which_ == GraphKind::coinvest) validation = validation_.wanted(graph_.ties()->by);
    if (validation) {
      auto kept = keep_validated(deals, *graph->coinvestment, *validation, context);
      if (!kept) return tl::unexpected(kept.error());
      graph->coinvestment = std::move(*kept);
    }
    const NamedGraph named = graph->named(*deals.data);
    const auto clustering = method_->run(named.view, params_, context);
    if (!clustering) return tl::unexpected(clustering.error());
    auto table = quality_ ? judge(deals, *graph, *clustering, validation.has_value(), parameters, context)
                          : clusters_table(named, *clustering, *method_, params_);
    if (table && graph->coinvestment) note_left_out(*table, *graph->coinvestment);
    if (table && validation) table->caption += ", those validated alone";
    return table;
  }

  Result<Table> judge(const Deals& deals, const AnyGraph& graph, const Clustering& clustering, bool validated,
                      Parameters& parameters, const Context& context) const {
    const NamedGraph named = graph.named(*deals.data);
    TrustParams judged;
    const std::uint64_t otherwise = validated ? 0 : method_->seeded == Seeded::yes ? judged.randomisations : 10;
    judged.randomisations = static_cast<std::uint32_t>(randomisations_given_->empty() ? otherwise : randomisations_);
    if (validated && judged.randomisations > 0)
      return fail(ErrorKind::usage, "random graphs have no validated ties to compare with: leave --randomisations out");
    parameters.emplace_back("randomisations", static_cast<std::int64_t>(judged.randomisations));
    GraphRecipe recipe;
    if (which_ == GraphKind::bipartite)
      recipe = *graph_.bipartite_weight();  // both were read when the graph was built
    else
      recipe = *graph_.ties();
    const auto trusted = trust(deals, recipe, named.view, *method_, params_, judged, context);
    if (!trusted) return tl::unexpected(trusted.error());
    return cluster_quality(named, deals, clustering, *method_, params_, *trusted);
  }

  Result<Table> over_time(const Deals& deals, Parameters& parameters, const Context& context) const {
    HistoryOptions options;
    options.method = method_;
    options.params = params_;
    options.ties = *graph_.ties();  // checked before
    options.validation = validation_.wanted(options.ties.by);
    history_.describe(parameters);
    auto history = cluster_history(*deals.data, deals.selection, history_.windows(), options, context);
    if (!history) return tl::unexpected(history.error());
    return std::move(history_.view == HistoryView::events ? history->events : history->stability);
  }

  TableQuery query_;
  GraphOptions graph_;
  ValidationOptions validation_;
  HistoryWindows history_;
  const ClusterMethod* method_ = find_cluster_method("leiden");
  GraphKind which_ = GraphKind::coinvest;
  ClusterParams params_;
  bool quality_ = false;
  std::uint64_t randomisations_ = 0;
  const CLI::Option* randomisations_given_ = nullptr;
};

}  // namespace

std::unique_ptr<Task> make_clusters(CLI::App& app) {
  return std::make_unique<Clusters>(app);
}

}  // namespace coinvest::cli
