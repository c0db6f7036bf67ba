// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/measure_options.hpp"
#include "cli/options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/queries/activity.hpp"
#include "coinvest/queries/rank_intervals.hpp"
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
    app.add_option(
           "--query", query_,
           "Of birank: start from the companies that were listed or sold, or from those in a file, one name in a line")
        ->type_name("exited|FILE");
    add_count(app, "--intervals", draws_, 1, 100'000,
              "Add rank_low and rank_high: where ranks by the first measure lie in 90 % of so many draws of imprecise "
              "dates and unknown leads");
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
    if (measures_.profile != nullptr)
      selection_.selection = with_window(select(*data, selection_.selection), measures_.profile->years);
    const Deals deals = selection_.apply(*data, session);
    const auto graph = AnyGraph::build(deals, measures_.graph, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    MeasureParams params = measures_.params;
    std::vector<CompanyId> query;
    if (!query_.empty()) {
      if (measures_.graph != GraphKind::bipartite)
        return fail(ErrorKind::usage, "--query belongs to birank, which is defined on the bipartite graph alone");
      const auto companies = query_ == "exited" ? exited_companies(deals) : named_companies(graph->named(*data));
      if (!companies) return tl::unexpected(companies.error());
      query = *companies;
      params.query = query_from(graph->named(*data), query);
      params.query_name = query_ == "exited" ? "exited companies" : std::filesystem::path(query_).filename().string();
    }
    auto table = ranking(graph->named(*data), *wanted, side_, measures_.normalised, params, session.context);
    if (table && draws_ != 0) {
      const auto again = [&](const Deals& drawn, const Context& context) -> Result<Table> {
        const auto redrawn = AnyGraph::build(drawn, measures_.graph, graph_, context);
        if (!redrawn) return tl::unexpected(redrawn.error());
        const NamedGraph named = redrawn->named(*drawn.data);
        MeasureParams adjusted = params;
        if (!params.query.empty()) adjusted.query = query_from(named, query);
        return ranking(named, std::span(*wanted).first(1), side_, measures_.normalised, adjusted, context);
      };
      table = with_rank_intervals(std::move(*table), deals, again, draws_, session.context);
    }
    if (!table) return tl::unexpected(table.error());
    if (measures_.profile != nullptr) table->caption += "; " + switches_of(*measures_.profile);
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, measures_.graph);
    measures_.describe(parameters);
    if (!query_.empty()) parameters.emplace_back("query", params.query_name);
    if (draws_ != 0) parameters.emplace_back("intervals", static_cast<std::int64_t>(draws_));
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

  /// The companies that the file of --query names. Fails (input) at one that is not in the graph.
  Result<std::vector<CompanyId>> named_companies(const NamedGraph& graph) const {
    const auto text = read_file(query_);
    if (!text) return tl::unexpected(text.error());
    std::map<std::string_view, CompanyId> by_name;
    for (const CompanyId company : graph.companies) by_name.emplace(graph.data->name(company), company);
    std::vector<CompanyId> companies;
    std::uint32_t line = 0;
    for (const std::string_view row : split(*text, '\n')) {
      ++line;
      const std::string_view name = trim(row);
      if (name.empty()) continue;
      const auto found = by_name.find(name);
      if (found == by_name.end())
        return fail(ErrorKind::input, fmt::format("'{}' is no company of the graph", name), {query_, line, ""});
      companies.push_back(found->second);
    }
    std::ranges::sort(companies);
    return companies;
  }

  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  MeasureOptions measures_;
  RunOptions run_;
  OutputOptions output_;
  RankedSide side_ = RankedSide::investors;
  std::string query_;
  std::uint64_t draws_ = 0;
};

}  // namespace

std::unique_ptr<Task> make_centrality(CLI::App& app) {
  return std::make_unique<Centrality>(app);
}

}  // namespace coinvest::cli
