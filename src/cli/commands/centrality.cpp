// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/measure_options.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/activity.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest::cli {
namespace {

class Centrality final : public Task {
 public:
  explicit Centrality(CLI::App& app)
      : input_(app), selection_(app), graph_(app), measures_(app, graph_), run_(app), output_(app) {
    const Choices<RankedSide> sides{
        {"investors", RankedSide::investors}, {"companies", RankedSide::companies}, {"both", RankedSide::both}};
    add_choice(app, "--side", side_, sides, "Who is listed");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    if (measures_.profile != nullptr && !measures_.profile->has_network()) return run_without_network(session);
    const auto wanted = measures_.wanted();
    if (!wanted) return tl::unexpected(wanted.error());
    if (measures_.graph == GraphKind::coinvest && side_ != RankedSide::investors)
      return fail(ErrorKind::usage, "the co-investment graph has investors alone; leave --side out");
    if (measures_.profile != nullptr && measures_.profile->smoothing != Smoothing::none)
      return fail(ErrorKind::usage,
                  fmt::format("profile {} is a mean over windows; ask coinvest panel for it", measures_.profile->name));
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    if (measures_.profile != nullptr) set_window(*data);
    const Deals deals = selection_.apply(*data, session);
    const auto graph = AnyGraph::build(deals, measures_.graph, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    auto table = ranking(graph->named(*data), *wanted, side_, measures_.normalised, session.context);
    if (!table) return tl::unexpected(table.error());
    if (measures_.profile != nullptr) table->caption += "; " + switches_of(*measures_.profile);
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, measures_.graph);
    measures_.describe(parameters);
    return output_.write(std::move(*table), parameters);
  }

 private:
  Result<void> run_without_network(Session& session) {
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    auto table = activity(selection_.apply(*data, session));
    if (!table) return tl::unexpected(table.error());
    table->caption += "; " + switches_of(*measures_.profile);
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    parameters.emplace_back("profile", std::string(measures_.profile->name));
    return output_.write(std::move(*table), parameters);
  }

  /// A profile's window ends with the year of the last round, unless --from or --to say otherwise.
  void set_window(const Dataset& data) {
    Selection& selection = selection_.selection;
    if (selection.from || selection.to) return;
    const Deals deals = select(data, selection);
    std::optional<Day> last;
    for (std::size_t round = 0; round < deals.size(); ++round)
      if (deals.date(round).known()) last = std::max(last.value_or(Day::min()), deals.date(round).high);
    if (!last) return;
    const auto year = std::chrono::year_month_day(*last).year();
    selection.from = plus_years(Day(year / 1 / 1), 1 - measures_.profile->years);
    selection.to = Day(year / 12 / 31);
  }

  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  MeasureOptions measures_;
  RunOptions run_;
  OutputOptions output_;
  RankedSide side_ = RankedSide::investors;
};

}  // namespace

std::unique_ptr<Task> make_centrality(CLI::App& app) {
  return std::make_unique<Centrality>(app);
}

}  // namespace coinvest::cli
