// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/measure_options.hpp"
#include "cli/options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/activity.hpp"
#include "coinvest/queries/identify.hpp"
#include "coinvest/queries/rank_intervals.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest::cli {
namespace {

class Centrality final : public Task {
 public:
  explicit Centrality(CLI::App& app) : query_(app), graph_(app), measures_(app, graph_) {
    const Choices<RankedSide> sides{
        {"investors", RankedSide::investors}, {"companies", RankedSide::companies}, {"both", RankedSide::both}};
    of_networks_ = {
        add_choice(app, "--side", side_, sides, "Who is listed"),
        app.add_option("--query", start_,
                       "Of birank: start from the companies that were listed or sold, or from those in a file, one "
                       "name in a line")
            ->type_name("exited|FILE"),
        add_count(app, "--intervals", draws_, 1, 100'000,
                  "Add rank_low and rank_high: where ranks by the first measure lie in 90 % of so many draws of "
                  "imprecise dates and amounts, and of unknown leads")};
    app.add_option("--uncertain-names", likeness_,
                   "With --intervals: pairs of names that coinvest identify scores so high or higher are one "
                   "organisation in half of the draws")
        ->check(above_zero)
        ->type_name("SCORE")
        ->needs(of_networks_.back());
  }

  Result<void> run(Session& session) override {
    if (measures_.profile != nullptr && !measures_.profile->has_network()) return run_without_network(session);
    const auto wanted = measures_.wanted();
    if (!wanted) return tl::unexpected(wanted.error());
    if (auto good = check(*wanted); !good) return good;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) {
      return answer(deals, *wanted, parameters, session.context);
    });
  }

 private:
  Result<void> check(const std::vector<const Measure*>& wanted) const {
    if (measures_.graph == GraphKind::coinvest && side_ != RankedSide::investors)
      return fail(ErrorKind::usage, "the co-investment graph has investors alone; leave --side out");
    if (measures_.profile != nullptr && measures_.profile->smoothing != Smoothing::none)
      return fail(ErrorKind::usage,
                  fmt::format("profile {} is a mean over windows; ask coinvest panel for it", measures_.profile->name));
    if (start_.empty()) return {};
    if (measures_.graph != GraphKind::bipartite)
      return fail(ErrorKind::usage, "--query belongs to birank, which is defined on the bipartite graph alone");
    if (std::ranges::find(wanted, find_measure("birank")) == wanted.end())
      return fail(ErrorKind::usage, "--query belongs to birank; ask with --measure birank");
    return {};
  }

  Result<Table> answer(const Deals& all, const std::vector<const Measure*>& wanted, Parameters& parameters,
                       const Context& context) const {
    const Profile* const profile = measures_.profile;
    std::optional<Deals> of_window;
    if (profile != nullptr) {
      of_window = select(*all.data, with_window(all, profile->years));
      const Selection& window = of_window->selection;
      if (window.from && !all.selection.from) parameters.emplace_back("from", format_day(*window.from));
      if (window.to && !all.selection.to) parameters.emplace_back("to", format_day(*window.to));
    }
    const Deals& deals = of_window ? *of_window : all;
    graph_.describe(parameters, measures_.graph);
    measures_.describe(parameters);
    const auto graph = AnyGraph::build(deals, measures_.graph, graph_, context);
    if (!graph) return tl::unexpected(graph.error());
    const NamedGraph named = graph->named(*deals.data);

    MeasureParams params = measures_.params;
    std::vector<CompanyId> started_from;
    if (!start_.empty()) {
      const auto companies = start_ == "exited" ? exited_companies(deals) : named_companies(named);
      if (!companies) return tl::unexpected(companies.error());
      started_from = *companies;
      params.query = query_from(named, started_from);
      params.query_name = start_ == "exited" ? "exited companies" : std::filesystem::path(start_).filename().string();
      parameters.emplace_back("query", params.query_name);
    }
    auto table = ranking(named, wanted, side_, measures_.normalised, params, context);
    if (table && draws_ != 0) {
      const auto again = [&](const Deals& drawn, const Context& inside) -> Result<Table> {
        const auto redrawn = AnyGraph::build(drawn, measures_.graph, graph_, inside);
        if (!redrawn) return tl::unexpected(redrawn.error());
        const NamedGraph renamed = redrawn->named(*drawn.data);
        MeasureParams adjusted = params;
        if (!params.query.empty()) adjusted.query = query_from(renamed, started_from);
        return ranking(renamed, std::span(wanted).first(1), side_, measures_.normalised, adjusted, inside);
      };
      Draws draws{draws_, {}};
      parameters.emplace_back("intervals", static_cast<std::int64_t>(draws_));
      if (likeness_) {
        auto pairs = likely_pairs(*deals.data, NameSide::investors, *likeness_, context);
        if (!pairs) return tl::unexpected(pairs.error());
        draws.perhaps_one = std::move(*pairs);
        parameters.emplace_back("uncertain_names", *likeness_);
      }
      table = with_rank_intervals(std::move(*table), deals, again, draws, context);
    }
    if (!table) return table;
    graph->note_left_out(*table);
    if (profile != nullptr) table->caption += "; " + switches_of(*profile);
    return table;
  }

  Result<void> run_without_network(Session& session) {
    for (const CLI::Option* option : of_networks_)
      if (option->count() > 0)
        return fail(ErrorKind::usage, fmt::format("{} says nothing about profile {}, which has no network",
                                                  option->get_name(), measures_.profile->name));
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) {
      parameters.emplace_back("profile", std::string(measures_.profile->name));
      auto table = activity(deals);
      if (table) table->caption += "; " + switches_of(*measures_.profile);
      return table;
    });
  }

  /// The companies that the file of --query names. Fails (input) at one that is not in the graph.
  Result<std::vector<CompanyId>> named_companies(const NamedGraph& graph) const {
    const auto text = read_file(start_);
    if (!text) return tl::unexpected(text.error());
    std::vector<CompanyId> companies;
    std::uint32_t line = 0;
    for (const std::string_view row : split(*text, '\n')) {
      ++line;
      const std::string_view name = trim(row);
      if (name.empty()) continue;
      const auto found = company_called(*graph.data, name);
      if (!found) return fail(ErrorKind::input, found.error().message, {start_, line, ""});
      if (!std::ranges::binary_search(graph.companies, *found))
        return fail(ErrorKind::input, fmt::format("'{}' is in none of the selected rounds", name), {start_, line, ""});
      companies.push_back(*found);
    }
    std::ranges::sort(companies);
    return companies;
  }

  TableQuery query_;
  GraphOptions graph_;
  MeasureOptions measures_;
  RankedSide side_ = RankedSide::investors;
  std::string start_;
  std::uint64_t draws_ = 0;
  std::optional<double> likeness_;
  std::vector<CLI::Option*> of_networks_;
};

}  // namespace

std::unique_ptr<Task> make_centrality(CLI::App& app) {
  return std::make_unique<Centrality>(app);
}

}  // namespace coinvest::cli
