// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "cli/drawings.hpp"
#include "cli/interruption.hpp"
#include "cli/report_content.hpp"
#include "coinvest/base/counted.hpp"
#include "coinvest/base/parallel.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/following.hpp"
#include "coinvest/queries/groups.hpp"
#include "coinvest/queries/leaving.hpp"
#include "coinvest/queries/partners.hpp"
#include "coinvest/queries/rank_intervals.hpp"
#include "coinvest/queries/ranking.hpp"
#include "coinvest/queries/sensitivity.hpp"
#include "coinvest/queries/sources.hpp"
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

/// What the first sentence of a report is made of, and the sentence in each language.
struct Finding {
  std::size_t investors, companies;
  std::vector<std::string> first;  ///< names of those with the most companies; none if they are too many to name
  std::size_t first_count;
  std::string most;
  ExitRate rate;
};

std::string english(const Finding& f) {
  std::string who = f.first.empty() ? fmt::format("{}", f.first_count) : f.first[0];
  for (std::size_t at = 1; at < f.first.size(); ++at)
    who.append(at + 1 == f.first.size() ? " and " : ", ").append(f.first[at]);
  const bool one = f.first_count == 1;
  std::string text = fmt::format(
      "Of {} in {}, {} {} the most companies ({}{})", counted(f.investors, "investor", "investors"),
      counted(f.companies, "company", "companies"), who, one ? "holds" : "hold", f.most, one ? "" : " each");
  if (f.rate.entered > 0)
    text += fmt::format("; {} of {} {} listed or sold", grouped(f.rate.exited),
                        counted(f.rate.entered, "company", "companies"), f.rate.exited == 1 ? "was" : "were");
  if (f.rate.as_of) text += fmt::format(" by {}", format_day(*f.rate.as_of));
  return text + ".";
}

std::string chinese(const Finding& f) {
  const std::string who =
      f.first.empty() ? fmt::format("{} 家投资方", f.first_count) : fmt::format("{}", fmt::join(f.first, "、"));
  std::string text = fmt::format("{} 家投资方投资了 {} 家公司，其中 {} 持有的公司最多（{}{} 家）", f.investors,
                                 f.companies, who, f.first_count == 1 ? "" : "各 ", f.most);
  if (f.rate.as_of) text += fmt::format("；截至 {}", format_day(*f.rate.as_of));
  if (f.rate.entered > 0)
    text += fmt::format("{}{} 家公司中有 {} 家上市或被收购", f.rate.as_of ? "，" : "；", f.rate.entered, f.rate.exited);
  return text + "。";
}

std::string finding(const ReportMaterial& all, const Table& investors) {
  const bool in_chinese = all.options.language == Language::zh;
  if (investors.rows.empty())
    return in_chinese ? "所选数据中没有写明投资方的轮次。" : "No round with a named investor is selected.";
  const Cell& most = at(investors, 0, "degree");
  std::size_t first = 1;
  while (first < investors.rows.size() && at(investors, first, "degree") == most) ++first;
  Finding found{all.bipartite.investors.size(),          all.bipartite.companies.size(), {}, first, display_text(most),
                overall_exit_rate(all.deals, all.events)};
  for (std::size_t row = 0; row < first && first <= 3; ++row)
    found.first.push_back(display_text(at(investors, row, "name")));
  return in_chinese ? chinese(found) : english(found);
}

/// Puts the last two columns, between which ranks lie, behind the first, which is the rank.
void beside_rank(Table& table) {
  const auto move = [](auto& cells) { std::rotate(cells.begin() + 1, cells.end() - 2, cells.end()); };
  move(table.columns);
  std::ranges::for_each(table.rows, move);
}

/// Leaves the scores that few look for to those who ask for all columns.
void leave_to_details(Table& table) {
  constexpr std::array<std::string_view, 9> first_view{"rank",        "rank_low",    "rank_high", "name", "degree",
                                                       "betweenness", "eigenvector", "pagerank",  "core"};
  for (ColumnHead& column : table.columns)
    if (std::ranges::find(first_view, column.name) == first_view.end()) column.shown = Shown::details;
}

Result<void> fill_ranking(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session& session) {
  const NamedGraph graph(all.bipartite, *all.deals.data);
  const std::vector<const Measure*> measures = measures_defined_on(GraphKind::bipartite);
  for (const RankedSide side : {RankedSide::investors, RankedSide::companies}) {
    auto table = ranking(graph, measures, side, Normalised::yes, {}, session.context);
    const auto again = [&](const Deals& drawn, const Context& context) {
      const Deals of_report = all.options.deals_of(*drawn.data, drawn.selection);
      const Bipartite redrawn = build_bipartite(of_report);
      return ranking({redrawn, *drawn.data}, std::span(measures).first(1), side, Normalised::no, {}, context);
    };
    if (table && all.options.intervals > 0)
      table = with_rank_intervals(std::move(*table), all.deals, again, {all.options.intervals}, session.context);
    if (table && all.options.intervals > 0) beside_rank(*table);
    if (table) leave_to_details(*table);
    if (table) table->name = side == RankedSide::investors ? "investors" : "companies";
    if (auto added = add(section, std::move(table)); !added) return added;
  }
  content.finding = finding(all, section.tables.front());
  for (const Measure* measure : measures)
    content.methods.push_back(
        fmt::format("{}: {}; unit: {}; source: {}.", measure->name, measure->summary, measure->unit, measure->source));
  return {};
}

Result<void> fill_sensitivity(const ReportMaterial& all, ReportSection& section, ReportContent&, Session& session) {
  if (!all.options.members.empty()) return {};  // a cluster stands and falls with the choices that made it
  constexpr std::size_t top = 20;
  return add(section, sensitivity_table(all.deals, all.tie_options, top, session.context));
}

/// One drawing; if the engine cannot do it, its DOT text and what the `trouble` was.
Result<ReportDrawing> draw(const DrawingView& view, const ReportMaterial& all, const Context& context,
                           std::string& trouble) {
  ViewOptions options;
  options.max_nodes = static_cast<std::uint32_t>(all.options.max_nodes);
  const auto drawing = make_drawing(view, {all.deals, all.events, all.options.graph, context, options});
  if (!drawing) return tl::unexpected(drawing.error());
  const Language language = all.options.language;
  const auto dot = to_dot(*drawing, {.words = [&](std::string_view text) { return say(language, text); }});
  if (!dot) return tl::unexpected(dot.error());
  ReportDrawing made{drawing->name, drawing->caption, *dot, {}};
  LayoutOptions layout;
  layout.engine = choose_engine(*drawing);
  const Tidying tidying;
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
  std::vector<const DrawingView*> views;  // of the whole, not of somebody
  for (const DrawingView& view : drawing_views())
    if (view.names == 0 && view.time == OverTime::no) views.push_back(&view);
  std::vector<Result<ReportDrawing>> made(views.size(), fail(ErrorKind::cancelled, "not drawn"));
  std::vector<std::string> trouble(views.size());
  // Layouts are processes of their own: they run side by side.
  parallel_for(views.size(), session.context, [&](std::size_t i) {
    Context alone = session.context;
    alone.threads = 1;
    alone.progress = nullptr;
    made[i] = draw(*views[i], all, alone, trouble[i]);
  });
  if (session.context.stopped()) return cancelled();
  std::map<std::string, std::vector<std::string>> names_of;  // by trouble: mostly there is one for all
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (!made[i]) return tl::unexpected(made[i].error());
    if (!trouble[i].empty()) names_of[trouble[i]].push_back(made[i]->name);
    section.drawings.push_back(std::move(*made[i]));
  }
  for (const auto& [why, names] : names_of)
    session.say(fmt::format("as DOT alone in the report: {}: {}", fmt::join(names, ", "), why));
  return {};
}

Result<void> fill_clusters(const ReportMaterial& all, ReportSection& section, ReportContent& content,
                           Session& session) {
  const NamedGraph graph(all.coinvestment, *all.deals.data);
  const ClusterMethod& method = *find_cluster_method("leiden");
  const auto clustering = method.run(graph.view, {}, session.context);
  if (!clustering) return tl::unexpected(clustering.error());
  constexpr std::size_t most_ties = 1'000'000;  // trust finds clusters more than a hundred times
  const std::size_t ties = all.coinvestment.neighbours.size() / 2;
  std::optional<Trust> trusted;
  if (ties <= most_ties) {
    auto made = trust(all.deals, all.tie_options, graph.view, method, {}, {}, session.context);
    if (!made) return tl::unexpected(made.error());
    trusted = *made;
  }
  section.tables = {cluster_quality(graph, all.deals, *clustering, method, {}, trusted),
                    clusters_table(graph, *clustering, method, {})};
  if (!trusted)
    section.tables.front().notes.push_back(
        fmt::format("Whether other seeds or chance give the same clusters is not asked of more than {} ties; coinvest "
                    "clusters --quality asks it.",
                    display_text(count_cell(most_ties))));
  content.methods.push_back(fmt::format("clusters by {}: {}; source: {}.", method.name, method.summary, method.source));
  return {};
}

Result<void> fill_exits(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session&) {
  for (const char* view : {"rates", "investors", "holding", "survival", "events"}) {
    Table table = find_exit_view(view)->make(all.deals, all.events, {});
    if (table.chart && !table.rows.empty())
      section.drawings.push_back(
          {table.name, {"Share of positions still held"}, "", chart_svg(*table.chart, all.options.language)});
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

/// From how many shared rounds or companies on ties are listed, so that a table of them can still be held and opened.
std::uint32_t listed_from(const Coinvestment& graph, std::uint32_t least) {
  constexpr std::size_t most_ties = 500'000;
  const auto listed = [&](std::uint32_t from) {
    return std::ranges::count_if(graph.shared, [&](std::uint32_t shared) { return shared >= from; }) / 2;
  };
  while (static_cast<std::size_t>(listed(least)) > most_ties) ++least;
  return least;
}

Result<void> fill_ties(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session& session) {
  std::optional<TieValidation> validate;
  if (all.tie_options.by != TieBy::window) {
    validate.emplace().options.by = all.tie_options.by;
    content.methods.emplace_back(
        "validated ties: hypergeometric test of each pair against chance, one-sided, corrected for all pairs of "
        "investors by Benjamini and Hochberg at 0.01.");
  }
  TieOptions options = all.tie_options;
  options.min_shared = listed_from(all.coinvestment, options.min_shared);
  if (options.min_shared == all.tie_options.min_shared)
    return add(section, ties_table(all.deals, all.coinvestment, options, validate, session.context));
  const auto listed = build_coinvestment(all.deals, all.bipartite, options, session.context);
  if (!listed) return tl::unexpected(listed.error());
  auto added = add(section, ties_table(all.deals, *listed, options, validate, session.context));
  if (added)
    section.tables.front().notes.push_back(
        fmt::format("Only the ties of {} or more are listed, of {} in all; coinvest ties lists them all.",
                    options.min_shared, display_text(count_cell(all.coinvestment.neighbours.size() / 2))));
  return added;
}

Result<void> fill_rounds(const ReportMaterial& all, ReportSection& section, ReportContent& content, Session& session) {
  if (auto added = add(section, summary(all.deals, session.context)); !added) return added;
  const Table& total = section.tables.front();
  content.figures = {{"Investors", display_text(at(total, 0, "investors")), "investor-sources"},
                     {"Companies", display_text(at(total, 0, "companies")), "company-sources"},
                     {"Rounds", display_text(at(total, 0, "rounds")), "round-sources"},
                     {"Ties", display_text(at(total, 0, "ties_round")), "ties"},
                     {"Components", display_text(at(total, 0, "components")), "company-sources"}};
  for (const char* grouping : {"year", "sector", "stage"})
    if (auto added = add(section, summary_by(all.deals, grouping)); !added) return added;
  return {};
}

Result<void> fill_sources(const ReportMaterial& all, ReportSection& section, ReportContent&, Session& session) {
  for (const auto make : {investor_sources, company_sources})
    if (auto added = add(section, make(all.deals, all.bipartite, session.context)); !added) return added;
  section.tables.push_back(round_sources(all.deals));
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
    {"sensitivity", "How far the ranks depend on choices", Folding::folded, "",
     "sensitivity: investors ranked by their number of co-investors under each of eight choices.", fill_sensitivity},
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
    {"sources", "Where the numbers come from", Folding::folded, "", "", fill_sources},
});

}  // namespace

std::span<const SectionKind> section_kinds() {
  return all_sections;
}

}  // namespace coinvest::cli
