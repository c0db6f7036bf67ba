// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/paths.hpp"

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/validation_options.hpp"

namespace coinvest::cli {
namespace {

class Path final : public Task {
 public:
  explicit Path(CLI::App& app) : query_(app), graph_(app), validation_(app) {
    app.get_option("dataset")->required()->expected(1)->allow_extra_args(false);  // or it would take the names, too
    app.add_option("A", from_, "The investor who asks")->type_name("NAME")->required();
    app.add_option("B", to_, "The investor to be reached")->type_name("NAME")->required();
    add_count(app, "--k", most_, 1, 1000, "At most so many ways, the best first")->default_str("3");
    graph_.set_ties(TieBy::round, TieWeight::recency);
    app.get_option("--weight")
        ->description(
            "How strong a tie is, by the weights of coinvest ties (default: recency); a way is worth the product of "
            "weight/(1 + weight)");
  }

  Result<void> run(Session& session) override {
    if (auto good = validation_.check(graph_); !good) return good;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      graph_.describe(parameters, GraphKind::coinvest);
      validation_.describe(parameters);
      parameters.emplace_back("from", from_);
      parameters.emplace_back("to", to_);
      parameters.emplace_back("k", static_cast<std::int64_t>(most_));
      auto built = AnyGraph::build(deals, GraphKind::coinvest, graph_, session.context);
      if (!built) return tl::unexpected(built.error());
      const TieBy by = graph_.ties()->by;
      if (const auto validation = validation_.wanted(by)) {
        auto kept = keep_validated(deals, *built->coinvestment, *validation, session.context);
        if (!kept) return tl::unexpected(kept.error());
        built->coinvestment = std::move(*kept);
      }
      return paths_table(deals, *built->coinvestment, by, from_, to_, most_, session.context);
    });
  }

 private:
  TableQuery query_;
  GraphOptions graph_;
  ValidationOptions validation_;
  std::string from_, to_;
  std::uint64_t most_ = 3;
};

}  // namespace

std::unique_ptr<Task> make_path(CLI::App& app) {
  return std::make_unique<Path>(app);
}

}  // namespace coinvest::cli
