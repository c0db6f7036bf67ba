// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/report.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/claims_option.hpp"
#include "cli/command.hpp"
#include "cli/drawings.hpp"
#include "coinvest/base/parallel.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/queries/following.hpp"
#include "coinvest/queries/groups.hpp"
#include "coinvest/queries/leaving.hpp"
#include "coinvest/queries/partners.hpp"
#include "coinvest/queries/problems.hpp"
#include "coinvest/queries/ranking.hpp"
#include "coinvest/queries/summary.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/layout.hpp"
#include "coinvest/report/chart.hpp"
#include "coinvest/report/display.hpp"

namespace coinvest::cli {
namespace {

/// What the sections are made of, computed once.
struct Analysis {
  Deals deals;
  Bipartite bipartite;
  Coinvestment coinvestment;
  std::vector<ExitEvent> events;
};

/// The value of a column in one row.
const Cell& at(const Table& table, std::size_t row, std::string_view column) {
  const auto head = std::find_if(table.columns.begin(), table.columns.end(),
                                 [&](const ColumnHead& candidate) { return candidate.name == column; });
  return table.rows.at(row).at(static_cast<std::size_t>(head - table.columns.begin()));
}

/// The folder's or file's own name: a report must not depend on where the data lay.
std::string dataset_name(const std::string& path) {
  std::string name = std::filesystem::path(path).lexically_normal().filename().string();
  if (!name.empty()) return name;
  return std::filesystem::path(path).lexically_normal().parent_path().filename().string();
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

class Report final : public Task {
 public:
  explicit Report(CLI::App& app)
      : input_(app), selection_(app), graph_(app), claims_(app, ClaimsOption::As::option), run_(app) {
    add_count(app, "--max-nodes", max_nodes_, 2, 3'000, "At most so many investors and companies in a drawing")
        ->default_str("150")
        ->group("Drawing");
    app.add_option("--title", title_, "Heading of the report")->group("Output");
    app.add_option("-o,--output", folder_, "Folder to write")->type_name("DIR")->required()->group("Output");
    app.add_flag("-O,--overwrite", overwrite_, "Replace an earlier report in that folder")->group("Output");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    auto content = make_content(*data, session);
    if (!content) return tl::unexpected(content.error());
    auto written =
        write_report(*content, folder_, overwrite_ ? Overwrite::replace : Overwrite::refuse, COINVEST_VERSION);
    if (!written) return written;
    session.say_to_watcher(fmt::format("wrote {}", (std::filesystem::path(folder_) / "index.html").string()));
    return {};
  }

 private:
  Result<Analysis> analyse(const Dataset& data, Session& session) const {
    Analysis all;
    all.deals = selection_.apply(data, session);
    all.bipartite = build_bipartite(all.deals);
    const auto ties = graph_.ties();
    if (!ties) return tl::unexpected(ties.error());
    auto coinvestment = build_coinvestment(all.deals, all.bipartite, *ties, session.context);
    if (!coinvestment) return tl::unexpected(coinvestment.error());
    all.coinvestment = std::move(*coinvestment);
    all.events = exit_events(all.deals);
    return all;
  }

  Result<ReportContent> make_content(const Dataset& data, Session& session) const {
    const Context& context = session.context;
    const auto analysis = analyse(data, session);
    if (!analysis) return tl::unexpected(analysis.error());
    const Analysis& all = *analysis;

    ReportContent content;
    content.title = title_.empty() ? "Who invests with whom: " + dataset_name(input_.paths.front()) : title_;
    input_.describe(content.parameters);
    selection_.describe(content.parameters);
    graph_.describe(content.parameters, GraphKind::coinvest);
    if (const auto day = as_of_day(all.deals)) content.parameters.emplace_back("as_of_day", format_day(*day));
    content.parameters.emplace_back("seed", static_cast<std::int64_t>(context.seed));
    content.parameters.emplace_back("max_nodes", static_cast<std::int64_t>(max_nodes_));
    content.inputs = data.files;
    content.quality = quality_table(all.deals);
    content.rejects = problems_table(data, Problems::rejected_rows);

    for (const auto part : {&Report::add_claims, &Report::add_ranking, &Report::add_pictures, &Report::add_clusters,
                            &Report::add_exits, &Report::add_following, &Report::add_silence, &Report::add_registry,
                            &Report::add_ties, &Report::add_rounds}) {
      const auto added = (this->*part)(all, content, session);
      if (!added) return tl::unexpected(added.error());
    }
    return content;
  }

  /// The claims of a file, with the rows that each answer rests on.
  Result<void> add_claims(const Analysis& all, ReportContent& content, Session&) const {
    if (!claims_.is_given()) return {};
    const auto file = claims_.load(selection_.selection);
    if (!file) return tl::unexpected(file.error());
    const auto text = read_file(claims_.path());
    if (!text) return tl::unexpected(text.error());
    ReportSection section{"claims", "What was said, and whether it holds", {}, {}, {}, Folding::open};
    for (const auto make : {claims_table, claim_rows_table}) {
      auto table = make(*all.deals.data, *file);
      if (!table) return tl::unexpected(table.error());
      section.tables.push_back(std::move(*table));
    }
    content.inputs.push_back(
        {dataset_name(claims_.path()), claims_.path(), sha256_hex(*text), text->size(), file->claims.size(), "UTF-8"});
    content.methods.emplace_back(
        "claims: a verdict compares the range of what a number can be, given imprecise dates and undisclosed amounts, "
        "with what was said; every claim has its own selection.");
    content.sections.push_back(std::move(section));
    return {};
  }

  Result<void> add_ranking(const Analysis& all, ReportContent& content, Session& session) const {
    const NamedGraph graph(all.bipartite, *all.deals.data);
    ReportSection section{"ranking", "Who matters", {}, {}, {}, Folding::open};
    section.intro = {
        "Investors and companies by their place in the graph of who holds what. Degree counts companies "
        "or investors; betweenness tells through whom the shortest paths between others run."};
    const std::vector<const Measure*> measures = measures_defined_on(GraphKind::bipartite);
    for (const RankedSide side : {RankedSide::investors, RankedSide::companies}) {
      auto table = ranking(graph, measures, side, Normalised::yes, {}, session.context);
      if (!table) return tl::unexpected(table.error());
      table->name = side == RankedSide::investors ? "investors" : "companies";
      section.tables.push_back(std::move(*table));
    }
    content.finding = finding(all, section.tables.front());
    for (const Measure* measure : measures)
      content.methods.push_back(fmt::format("{}: {}; unit: {}; source: {}.", measure->name, measure->summary,
                                            measure->unit, measure->source));
    content.sections.push_back(std::move(section));
    return {};
  }

  static std::string finding(const Analysis& all, const Table& investors) {
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

  Result<void> add_pictures(const Analysis& all, ReportContent& content, Session& session) const {
    ReportSection section{"picture", "Who is connected to whom", {}, {}, {}, Folding::open};
    ViewOptions options;
    options.max_nodes = static_cast<std::uint32_t>(max_nodes_);
    std::vector<DrawingView> views;  // of everything: those that need no name and no windows
    std::ranges::copy_if(drawing_views(), std::back_inserter(views),
                         [](const DrawingView& view) { return view.names == 0 && !view.over_time; });
    std::vector<Result<ReportDrawing>> made(views.size(), fail(ErrorKind::cancelled, "not drawn"));
    std::vector<std::string> trouble(views.size());
    // Layouts are processes of their own: they run side by side.
    parallel_for(views.size(), session.context, [&](std::size_t i) {
      Context alone = session.context;
      alone.threads = 1;
      alone.progress = nullptr;
      made[i] = draw(views[i], all, options, alone, trouble[i]);
    });
    if (session.context.stopped()) return cancelled();
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (!made[i]) return tl::unexpected(made[i].error());
      if (!trouble[i].empty())
        session.say(fmt::format("{} is in the report as DOT alone: {}", made[i]->name, trouble[i]));
      section.drawings.push_back(std::move(*made[i]));
    }
    content.sections.push_back(std::move(section));
    return {};
  }

  /// One drawing; if the engine cannot do it, its DOT text and what the `trouble` was.
  Result<ReportDrawing> draw(const DrawingView& view, const Analysis& all, const ViewOptions& options,
                             const Context& context, std::string& trouble) const {
    const auto drawing = make_drawing(view, {all.deals, all.events, graph_, context, options});
    if (!drawing) return tl::unexpected(drawing.error());
    const auto dot = to_dot(*drawing);
    if (!dot) return tl::unexpected(dot.error());
    ReportDrawing made{drawing->name, {}, *dot, {}};
    for (const std::string& line : drawing->caption) made.caption += (made.caption.empty() ? "" : " ") + line;
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

  Result<void> add_clusters(const Analysis& all, ReportContent& content, Session& session) const {
    const NamedGraph graph(all.coinvestment, *all.deals.data);
    const ClusterMethod& method = *find_cluster_method("leiden");
    const auto clustering = method.run(graph.view, {}, session.context);
    if (!clustering) return tl::unexpected(clustering.error());
    ReportSection section{"clusters", "Who belongs together", {}, {}, {}, Folding::open};
    const auto trusted = trust(all.deals, *graph_.ties(), graph.view, method, {}, {}, session.context);
    if (!trusted) return tl::unexpected(trusted.error());
    section.tables = {cluster_quality(graph, all.deals, *clustering, method, {}, *trusted),
                      clusters_table(graph, *clustering, method, {})};
    content.methods.push_back(
        fmt::format("clusters by {}: {}; source: {}.", method.name, method.summary, method.source));
    content.sections.push_back(std::move(section));
    return {};
  }

  Result<void> add_exits(const Analysis& all, ReportContent& content, Session&) const {
    ReportSection section{"exits", "Who left", {}, {}, {}, Folding::open};
    for (const char* view : {"rates", "investors", "holding", "survival", "events"}) {
      Table table = find_exit_view(view)->make(all.deals, all.events, {});
      if (table.chart && !table.rows.empty())
        section.drawings.push_back({table.name, "Share of positions still held", "", chart_svg(*table.chart)});
      section.tables.push_back(std::move(table));
    }
    content.methods.emplace_back(
        "exit rate: companies that were listed or sold by the as-of day over companies entered, "
        "each once; 95 % Wilson interval; rates of fewer than five companies are grey.");
    content.methods.emplace_back(
        "holding periods: positions are one investor in one company; those still held on the as-of day are "
        "counted as held at least so long (Kaplan and Meier), band by Greenwood.");
    content.sections.push_back(std::move(section));
    return {};
  }

  Result<void> add_following(const Analysis& all, ReportContent& content, Session&) const {
    const std::vector<CompanyTimeline> timelines = company_timelines(all.deals);
    ReportSection section{"following", "Who came again", {}, {}, {}, Folding::folded};
    for (const FollowView& view : follow_views()) section.tables.push_back(view.make(all.deals, timelines));
    content.methods.emplace_back(
        "follow-on rate: later primary rounds joined over those that were surely after the entry, before the exit, and "
        "name all their participants.");
    content.sections.push_back(std::move(section));
    return {};
  }

  /// For each sector: who was silent in the twelve months before the as-of day.
  Result<void> add_silence(const Analysis& all, ReportContent& content, Session&) const {
    const auto day = as_of_day(all.deals);
    if (!day) return {};
    Selection selection = selection_.selection;
    selection.sectors.clear();  // deals outside the sector tell whether an investor left it or the market
    const Deals deals = select(*all.deals.data, selection);
    ReportSection section{"silence", "Who fell silent", {}, {}, {}, Folding::open};
    for (const std::string& sector : sectors_to_ask(all.deals)) {
      SilenceQuestion question;
      question.sector = sector;
      question.period = {plus_years(*day, -1) + std::chrono::days{1}, *day};
      const auto rows = silence(deals, question);
      if (!rows) return tl::unexpected(rows.error());
      Table table = silence_table(deals, question, *rows);
      table.name = "silence-" + slug(sector);
      section.tables.push_back(std::move(table));
    }
    section.tables.push_back(dormancy_table(all.deals, {}));
    section.intro = {
        "Had each investor kept its share of a sector's rounds, how probable would its silence be? The "
        "period is the last twelve months, the history the two years before. The last table asks no question of "
        "chance: "
        "when each investor invested last, in any sector."};
    content.methods.emplace_back(
        "silence: P(0) = exp(-expected), expected = share of the sector's rounds in the history "
        "times its rounds in the period; q by Benjamini and Hochberg.");
    content.sections.push_back(std::move(section));
    return {};
  }

  Result<void> add_registry(const Analysis& all, ReportContent& content, Session&) const {
    const std::vector<RegistryEvent> events = registry_events(all.deals);
    if (events.empty()) return {};
    ReportSection section{"registry", "What the registers say", {}, {}, {}, Folding::folded};
    section.tables.push_back(registry_table(all.deals, events));
    content.sections.push_back(std::move(section));
    return {};
  }

  Result<void> add_ties(const Analysis& all, ReportContent& content, Session& session) const {
    const TieOptions options = *graph_.ties();
    std::optional<TieValidation> validate;
    if (options.by != TieBy::window) validate.emplace().options.by = options.by;
    auto table = ties_table(all.deals, all.coinvestment, options, validate, session.context);
    if (!table) return tl::unexpected(table.error());
    ReportSection section{"ties", "Who invests together", {}, {}, {}, Folding::open};
    section.tables.push_back(std::move(*table));
    if (validate)
      content.methods.emplace_back(
          "validated ties: hypergeometric test of each pair against chance, one-sided, corrected "
          "for all pairs of investors by Benjamini and Hochberg at 0.01.");
    content.sections.push_back(std::move(section));
    return {};
  }

  Result<void> add_rounds(const Analysis& all, ReportContent& content, Session& session) const {
    auto total = summary(all.deals, session.context);
    if (!total) return tl::unexpected(total.error());
    for (const auto& [label, column] : {std::pair{"Investors", "investors"},
                                        {"Companies", "companies"},
                                        {"Rounds", "rounds"},
                                        {"Ties", "ties_round"},
                                        {"Components", "components"}})
      content.figures.push_back({label, display_text(at(*total, 0, column))});
    ReportSection section{"rounds", "Rounds and money", {}, {}, {}, Folding::open};
    section.tables.push_back(std::move(*total));
    for (const char* grouping : {"year", "sector", "stage"}) {
      auto table = summary_by(all.deals, grouping);
      if (!table) return tl::unexpected(table.error());
      section.tables.push_back(std::move(*table));
    }
    content.sections.push_back(std::move(section));
    return {};
  }

  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  ClaimsOption claims_;
  RunOptions run_;
  std::uint64_t max_nodes_ = 150;
  std::string title_, folder_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Task> make_report(CLI::App& app) {
  return std::make_unique<Report>(app);
}

}  // namespace coinvest::cli
