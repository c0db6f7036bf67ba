// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "cli/drawings.hpp"
#include "cli/report_content.hpp"
#include "coinvest/base/parallel.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/queries/following.hpp"
#include "coinvest/queries/groups.hpp"
#include "coinvest/queries/leaving.hpp"
#include "coinvest/queries/partners.hpp"
#include "coinvest/queries/ranking.hpp"
#include "coinvest/queries/summary.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/layout.hpp"
#include "coinvest/report/chart.hpp"
#include "coinvest/report/display.hpp"

namespace coinvest::cli {
namespace {

/// The value of a column in one row.
const Cell& at(const Table& table, std::size_t row, std::string_view column) {
  const auto head = std::find_if(table.columns.begin(), table.columns.end(),
                                 [&](const ColumnHead& candidate) { return candidate.name == column; });
  return table.rows.at(row).at(static_cast<std::size_t>(head - table.columns.begin()));
}

/// Adds a table that may have failed.
Result<void> add(ReportSection& section, Result<Table> table) {
  if (!table) return tl::unexpected(table.error());
  section.tables.push_back(std::move(*table));
  return {};
}

Result<void> fill_claims(const ReportMaterial& all, ReportSection& section, ReportContent&, Session&) {
  const ClaimsOption& claims = all.options.claims;
  if (!claims.is_given()) return {};
  const auto file = claims.load(all.deals.selection);
  if (!file) return tl::unexpected(file.error());
  for (const auto make : {claims_table, claim_rows_table})
    if (auto added = add(section, make(*all.deals.data, *file)); !added) return added;
  return {};
}

std::string finding(const ReportMaterial& all, const Table& investors) {
  if (investors.rows.empty()) return "No round with a named investor is selected.";
  const Cell& most = at(investors, 0, "degree");
  std::size_t first = 1;
  while (first < investors.rows.size() && at(investors, first, "degree") == most) ++first;
  std::string who = fmt::format("{}", first);
  if (first <= 3) {
    who = display_text(at(investors, 0, "name"));
    for (std::size_t row = 1; row < first; ++row)
      who += (row + 1 == first ? " and " : ", ") + display_text(at(investors, row, "name"));
  }
  std::string text = fmt::format("Of {} investors in {} companies, {} {} the most companies ({}{})",
                                 all.bipartite.investors.size(), all.bipartite.companies.size(), who,
                                 first == 1 ? "holds" : "hold", display_text(most), first == 1 ? "" : " each");
  const ExitRate rate = overall_exit_rate(all.deals, all.events);
  if (rate.entered > 0) text += fmt::format("; {} of {} companies were listed or sold", rate.exited, rate.entered);
  if (rate.as_of) text += fmt::format(" by {}", format_day(*rate.as_of));
  return text + ".";
}

Result<void> fill_ranking(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session& session) {
  const NamedGraph graph(all.bipartite, *all.deals.data);
  const std::vector<const Measure*> measures = measures_defined_on(GraphKind::bipartite);
  for (const RankedSide side : {RankedSide::investors, RankedSide::companies}) {
    auto table = ranking(graph, measures, side, Normalised::yes, {}, session.context);
    if (table) table->name = side == RankedSide::investors ? "investors" : "companies";
    if (auto added = add(section, std::move(table)); !added) return added;
  }
  content.finding = finding(all, section.tables.front());
  for (const Measure* measure : measures)
    content.methods.push_back(
        fmt::format("{}: {}; unit: {}; source: {}.", measure->name, measure->summary, measure->unit, measure->source));
  return {};
}

/// One drawing; if the engine cannot do it, its DOT text and what the `trouble` was.
Result<ReportDrawing> draw(ViewName view, const ReportMaterial& all, const Context& context, std::string& trouble) {
  ViewOptions options;
  options.max_nodes = static_cast<std::uint32_t>(all.options.max_nodes);
  const auto drawing = make_drawing(view, all.deals, all.events, all.options.graph, options, context);
  if (!drawing) return tl::unexpected(drawing.error());
  const auto dot = to_dot(*drawing);
  if (!dot) return tl::unexpected(dot.error());
  ReportDrawing made{drawing->name, fmt::format("{}", fmt::join(drawing->caption, " ")), *dot, {}};
  LayoutOptions layout;
  layout.engine = choose_engine(*drawing);
  auto svg = run_layout(*dot, layout, context);
  if (svg)
    made.svg = std::move(*svg);
  else if (svg.error().kind == ErrorKind::engine)
    trouble = svg.error().message;
  else
    return tl::unexpected(svg.error());
  return made;
}

Result<void> fill_picture(const ReportMaterial& all, ReportSection& section, ReportContent&, Session& session) {
  const auto choices = view_choices();
  std::vector<Result<ReportDrawing>> made(choices.size(), fail(ErrorKind::cancelled, "not drawn"));
  std::vector<std::string> trouble(choices.size());
  // Layouts are processes of their own: they run side by side.
  parallel_for(choices.size(), session.context, [&](std::size_t i) {
    Context alone = session.context;
    alone.threads = 1;
    alone.progress = nullptr;
    made[i] = draw(choices[i].second, all, alone, trouble[i]);
  });
  if (session.context.stopped()) return cancelled();
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (!made[i]) return tl::unexpected(made[i].error());
    if (!trouble[i].empty())
      session.say(fmt::format("{} is in the report as DOT alone: {}", made[i]->name, trouble[i]));
    section.drawings.push_back(std::move(*made[i]));
  }
  return {};
}

Result<void> fill_clusters(const ReportMaterial& all, ReportSection& section, ReportContent& content,
                           Session& session) {
  const NamedGraph graph(all.coinvestment, *all.deals.data);
  const ClusterMethod& method = *find_cluster_method("leiden");
  const auto clustering = method.run(graph.view, {}, session.context);
  if (!clustering) return tl::unexpected(clustering.error());
  const auto trusted = trust(all.deals, all.tie_options, graph.view, method, {}, {}, session.context);
  if (!trusted) return tl::unexpected(trusted.error());
  section.tables = {cluster_quality(graph, all.deals, *clustering, method, {}, *trusted),
                    clusters_table(graph, *clustering, method, {})};
  content.methods.push_back(fmt::format("clusters by {}: {}; source: {}.", method.name, method.summary, method.source));
  return {};
}

Result<void> fill_exits(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session&) {
  for (const char* view : {"rates", "investors", "holding", "survival", "events"}) {
    Table table = find_exit_view(view)->make(all.deals, all.events, {});
    if (table.chart && !table.rows.empty())
      section.drawings.push_back({table.name, "Share of positions still held", "", chart_svg(*table.chart)});
    section.tables.push_back(std::move(table));
  }
  content.methods.emplace_back(
      "holding periods: positions are one investor in one company; those still held on the as-of day are counted as "
      "held at least so long (Kaplan and Meier), band by Greenwood.");
  return {};
}

Result<void> fill_following(const ReportMaterial& all, ReportSection& section, ReportContent&, Session&) {
  const std::vector<CompanyTimeline> timelines = company_timelines(all.deals);
  for (const FollowView& view : follow_views()) section.tables.push_back(view.make(all.deals, timelines));
  return {};
}

/// The sectors worth a question of their own, by their rounds: all if sectors are selected, else the first three.
std::vector<std::string> sectors_to_ask(const Deals& deals) {
  std::map<std::string, std::uint64_t> rounds;
  for (std::size_t round = 0; round < deals.size(); ++round)
    if (!deals.sector(round).empty()) ++rounds[deals.sector(round)];
  std::vector<std::pair<std::uint64_t, std::string>> order;
  for (const auto& [sector, count] : rounds) order.emplace_back(count, sector);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (deals.selection.sectors.empty() && order.size() > 3) order.resize(3);
  std::vector<std::string> names;
  for (const auto& [count, sector] : order) names.push_back(sector);
  return names;
}

/// For each sector: who was silent in the twelve months before the as-of day.
Result<void> fill_silence(const ReportMaterial& all, ReportSection& section, ReportContent&, Session&) {
  const auto day = as_of_day(all.deals);
  if (!day) return {};
  Selection selection = all.deals.selection;
  selection.sectors.clear();  // deals outside the sector tell whether an investor left it or the market
  const Deals deals = all.options.deals_of(*all.deals.data, selection);
  for (const std::string& sector : sectors_to_ask(all.deals)) {
    SilenceQuestion question;
    question.sector = sector;
    question.period = {plus_years(*day, -1) + std::chrono::days{1}, *day};
    const auto rows = silence(deals, question);
    if (!rows) return tl::unexpected(rows.error());
    section.tables.push_back(silence_table(deals, question, *rows));
    section.tables.back().name = "silence-" + slug(sector);
  }
  section.tables.push_back(dormancy_table(all.deals, {}));
  return {};
}

Result<void> fill_registry(const ReportMaterial& all, ReportSection& section, ReportContent&, Session&) {
  const std::vector<RegistryEvent> events = registry_events(all.deals);
  if (!events.empty()) section.tables.push_back(registry_table(all.deals, events));
  return {};
}

Result<void> fill_ties(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session& session) {
  std::optional<TieValidation> validate;
  if (all.tie_options.by != TieBy::window) {
    validate.emplace().options.by = all.tie_options.by;
    content.methods.emplace_back(
        "validated ties: hypergeometric test of each pair against chance, one-sided, corrected for all pairs of "
        "investors by Benjamini and Hochberg at 0.01.");
  }
  return add(section, ties_table(all.deals, all.coinvestment, all.tie_options, validate, session.context));
}

Result<void> fill_rounds(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session& session) {
  if (auto added = add(section, summary(all.deals, session.context)); !added) return added;
  for (const auto& [label, column] : {std::pair{"Investors", "investors"},
                                      {"Companies", "companies"},
                                      {"Rounds", "rounds"},
                                      {"Ties", "ties_round"},
                                      {"Components", "components"}})
    content.figures.push_back({label, display_text(at(section.tables.front(), 0, column))});
  for (const char* grouping : {"year", "sector", "stage"})
    if (auto added = add(section, summary_by(all.deals, grouping)); !added) return added;
  return {};
}

constexpr auto all_sections = std::to_array<SectionKind>({
    {"claims", "What was said, and whether it holds", Folding::open, "",
     "claims: a verdict compares the range of what a number can be, given imprecise dates and undisclosed amounts, "
     "with "
     "what was said; every claim has its own selection.",
     fill_claims},
    {"ranking", "Who matters", Folding::open,
     "Investors and companies by their place in the graph of who holds what. Degree counts companies or investors; "
     "betweenness tells through whom the shortest paths between others run.",
     "", fill_ranking},
    {"picture", "Who is connected to whom", Folding::open, "", "", fill_picture},
    {"clusters", "Who belongs together", Folding::open, "", "", fill_clusters},
    {"exits", "Who left", Folding::open, "",
     "exit rate: companies that were listed or sold by the as-of day over companies entered, each once; 95 % Wilson "
     "interval; rates of fewer than five companies are grey.",
     fill_exits},
    {"following", "Who came again", Folding::folded, "",
     "follow-on rate: later primary rounds joined over those that were surely after the entry, before the exit, and "
     "name all their participants.",
     fill_following},
    {"silence", "Who fell silent", Folding::open,
     "Had each investor kept its share of a sector's rounds, how probable would its silence be? The period is the last "
     "twelve months, the history the two years before. The last table asks no question of chance: when each investor "
     "invested last, in any sector.",
     "silence: P(0) = exp(-expected), expected = share of the sector's rounds in the history times its rounds in the "
     "period; q by Benjamini and Hochberg.",
     fill_silence},
    {"registry", "What the registers say", Folding::folded, "", "", fill_registry},
    {"ties", "Who invests together", Folding::open, "", "", fill_ties},
    {"rounds", "Rounds and money", Folding::open, "", "", fill_rounds},
});

}  // namespace

std::span<const SectionKind> section_kinds() {
  return all_sections;
}

}  // namespace coinvest::cli
