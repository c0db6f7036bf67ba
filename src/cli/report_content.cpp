// SPDX-License-Identifier: Apache-2.0
#include "cli/report_content.hpp"

#include <filesystem>

#include "coinvest/ingest/database.hpp"
#include "coinvest/queries/problems.hpp"
#include "coinvest/render/layout.hpp"

namespace coinvest::cli {
namespace {

Result<ReportMaterial> analyse(const ReportOptions& options, const Dataset& data, Session& session) {
  ReportMaterial all{options, options.selection.apply(data, session), {}, {}, {}, {}};
  if (!options.members.empty()) all.deals = options.deals_of(data, options.selection.selection);
  const auto ties = options.graph.ties();
  if (!ties) return tl::unexpected(ties.error());
  all.tie_options = *ties;
  all.bipartite = build_bipartite(all.deals);
  auto coinvestment = build_coinvestment(all.deals, all.bipartite, *ties, session.context);
  if (!coinvestment) return tl::unexpected(coinvestment.error());
  all.coinvestment = std::move(*coinvestment);
  all.events = exit_events(all.deals);
  return all;
}

Choices<Language> language_choices() {
  Choices<Language> choices;
  for (const LanguageName& name : languages) choices.emplace_back(name.word, name.language);
  return choices;
}

Parameters parameters_of(const ReportOptions& options, const Deals& deals, std::uint64_t seed) {
  Parameters parameters;
  options.input.describe(parameters);
  options.selection.describe(parameters);
  options.graph.describe(parameters, GraphKind::coinvest);
  if (const auto day = as_of_day(deals)) parameters.emplace_back("as_of_day", format_day(*day));
  parameters.emplace_back("seed", static_cast<std::int64_t>(seed));
  parameters.emplace_back("max_nodes", static_cast<std::int64_t>(options.max_nodes));
  if (!options.members.empty()) parameters.emplace_back("cluster", options.slice);
  if (options.intervals > 0) parameters.emplace_back("intervals", static_cast<std::int64_t>(options.intervals));
  parameters.emplace_back("lang", std::string(word_of(language_choices(), options.language)));
  return parameters;
}

const Choices<SliceBy> slice_choices{
    {"sector", SliceBy::sector}, {"year", SliceBy::year}, {"country", SliceBy::country}, {"cluster", SliceBy::cluster}};

}  // namespace

ReportOptions::ReportOptions(CLI::App& app)
    : input(app), selection(app), graph(app), claims(app, ClaimsOption::As::option) {
  add_count(app, "--max-nodes", max_nodes, 2, 3'000, "At most so many investors and companies in a drawing")
      ->default_str("150")
      ->group("Drawing");
  add_count(app, "--intervals", intervals, 1, 100'000,
            "Rank over so many random draws of imprecise dates and unknown leads, and give each rank's range")
      ->group("Ranking");
  add_choice(app, "--lang", language, language_choices(), "Language of page and drawings: English or Chinese")
      ->group("Output");
  app.add_option("--title", title, "Heading of the report")->group("Output");
  app.add_flag(
         "--sqlite", sqlite,
         "Add data.db: the whole data set as an SQLite database, as import writes it; with --by, beside the index")
      ->group("Output");
  CLI::Option* cut =
      add_choice<SliceBy>(app, "--by", by, slice_choices, "One report per sector, ..., in a folder each, and an index")
          ->group("Slices");
  app.add_option("--slice", slice, "Only the report of this sector, year, country or cluster")
      ->type_name("NAME")
      ->needs(cut)
      ->group("Slices");
  add_count(app, "--max-slices", max_slices, 1, 1'000'000, "Only so many, the largest (default: all)")
      ->needs(cut)
      ->group("Slices");
}

std::string own_name(const std::string& path) {
  const std::filesystem::path normal = std::filesystem::absolute(path).lexically_normal();  // "." has a name, too
  return (normal.has_filename() ? normal : normal.parent_path()).filename().string();
}

Result<ReportContent> report_head(const ReportOptions& options, const Deals& deals, const Context& context) {
  ReportContent head;
  head.datasets = options.datasets;
  head.language = options.language;
  head.title = options.title;
  if (head.title.empty())
    head.title =
        (options.language == Language::zh ? "谁与谁共同投资：" : "Who invests with whom: ") + options.datasets.front();
  if (!options.slice.empty())
    head.title += fmt::format("{}{} {}", options.language == Language::zh ? "，" : ", ",
                              say(options.language, word_of(slice_choices, *options.by)), options.slice);
  head.options = options.arguments;
  head.parameters = parameters_of(options, deals, context.seed);
  head.inputs = deals.data->files;
  if (options.claims.is_given()) {
    const std::string& path = options.claims.path();
    const auto claims = options.claims.load(deals.selection);
    if (!claims) return tl::unexpected(claims.error());
    const auto text = read_file(path);
    if (!text) return tl::unexpected(text.error());
    head.inputs.push_back({own_name(path), path, sha256_hex(*text), text->size(), claims->claims.size(), "UTF-8"});
  }
  if (const auto version = graphviz_version(context)) head.graphviz = *version;
  return head;
}

Result<ReportContent> report_content(const ReportOptions& options, const Dataset& data, Session& session) {
  const auto all = analyse(options, data, session);
  if (!all) return tl::unexpected(all.error());
  auto head = report_head(options, all->deals, session.context);
  if (!head) return head;
  ReportContent& content = *head;
  content.quality = quality_table(all->deals);
  content.rejects = problems_table(data, Problems::rejected_rows);
  if (options.sqlite) {
    auto database = database_bytes(data, "data.db", session.context);
    if (!database) return tl::unexpected(database.error());
    content.databases.push_back({"data.db", std::move(*database)});
  }
  for (const SectionKind& kind : section_kinds()) {
    ReportSection section{std::string(kind.id), std::string(kind.heading), {}, {}, {}, kind.folding};
    if (!kind.intro.empty()) section.intro.emplace_back(kind.intro);
    if (auto filled = kind.fill(*all, section, content, session); !filled) return tl::unexpected(filled.error());
    if (section.tables.empty() && section.drawings.empty()) continue;
    if (!kind.method.empty()) content.methods.emplace_back(kind.method);
    content.sections.push_back(std::move(section));
  }
  return head;
}

}  // namespace coinvest::cli
