// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/measure_options.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest::cli {
namespace {

class Centrality final : public Task {
 public:
  explicit Centrality(CLI::App& app)
      : input_(app), selection_(app), measures_(app), graph_(app), run_(app), output_(app) {
    const Choices<RankedSide> sides{
        {"investors", RankedSide::investors}, {"companies", RankedSide::companies}, {"both", RankedSide::both}};
    add_choice(app, "--side", side_, sides, "Who is listed");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto wanted = measures_.wanted();
    if (!wanted) return tl::unexpected(wanted.error());
    if (measures_.graph == GraphKind::coinvest && side_ != RankedSide::investors)
      return fail(ErrorKind::usage, "the co-investment graph has investors alone; leave --side out");
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = select(*data, selection_.selection);
    const auto graph = AnyGraph::build(deals, measures_.graph, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    auto table = ranking(graph->named(*data), *wanted, side_, measures_.normalised, session.context);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, measures_.graph);
    return output_.write(std::move(*table), parameters);
  }

 private:
  InputOptions input_;
  SelectionOptions selection_;
  MeasureOptions measures_;
  GraphOptions graph_;
  RunOptions run_;
  OutputOptions output_;
  RankedSide side_ = RankedSide::investors;
};

}  // namespace

std::unique_ptr<Task> make_centrality(CLI::App& app) {
  return std::make_unique<Centrality>(app);
}

}  // namespace coinvest::cli
