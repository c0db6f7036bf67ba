// SPDX-License-Identifier: Apache-2.0
#include "cli/report_content.hpp"

#include <filesystem>

#include "coinvest/queries/problems.hpp"

namespace coinvest::cli {
namespace {

Result<ReportMaterial> analyse(const ReportOptions& options, const Dataset& data, Session& session) {
  ReportMaterial all{options, options.selection.apply(data, session), {}, {}, {}, {}};
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

Parameters parameters_of(const ReportMaterial& all, const Session& session) {
  Parameters parameters;
  all.options.input.describe(parameters);
  all.options.selection.describe(parameters);
  all.options.graph.describe(parameters, GraphKind::coinvest);
  if (const auto day = as_of_day(all.deals)) parameters.emplace_back("as_of_day", format_day(*day));
  parameters.emplace_back("seed", static_cast<std::int64_t>(session.context.seed));
  parameters.emplace_back("max_nodes", static_cast<std::int64_t>(all.options.max_nodes));
  if (all.options.intervals > 0) parameters.emplace_back("intervals", static_cast<std::int64_t>(all.options.intervals));
  parameters.emplace_back("lang", std::string(word_of(language_choices(), all.options.language)));
  return parameters;
}

}  // namespace

ReportOptions::ReportOptions(CLI::App& app)
    : input(app), selection(app), graph(app), claims(app, ClaimsOption::As::option) {
  add_count(app, "--max-nodes", max_nodes, 2, 3'000, "At most so many investors and companies in a drawing")
      ->default_str("150")
      ->group("Drawing");
  add_count(app, "--intervals", intervals, 1, 100'000,
            "Rank over so many random draws of imprecise dates and unknown leads, and give each rank's range")
      ->group("Ranking");
  add_choice(app, "--lang", language, language_choices(), "Language of the page: English or Chinese")->group("Output");
  app.add_option("--title", title, "Heading of the report")->group("Output");
}

std::string own_name(const std::string& path) {
  const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  return (normal.has_filename() ? normal : normal.parent_path()).filename().string();
}

Result<ReportContent> report_content(const ReportOptions& options, const Dataset& data, Session& session) {
  const auto all = analyse(options, data, session);
  if (!all) return tl::unexpected(all.error());

  ReportContent content;
  content.language = options.language;
  content.title = options.title;
  if (content.title.empty())
    content.title = (options.language == Language::zh ? "谁与谁共同投资：" : "Who invests with whom: ") +
                    own_name(options.input.paths.front());
  content.parameters = parameters_of(*all, session);
  content.inputs = data.files;
  content.quality = quality_table(all->deals);
  content.rejects = problems_table(data, Problems::rejected_rows);
  for (const SectionKind& kind : section_kinds()) {
    ReportSection section{std::string(kind.id), std::string(kind.heading), {}, {}, {}, kind.folding};
    if (!kind.intro.empty()) section.intro.emplace_back(kind.intro);
    if (auto filled = kind.fill(*all, section, content, session); !filled) return tl::unexpected(filled.error());
    if (section.tables.empty() && section.drawings.empty()) continue;
    if (!kind.method.empty()) content.methods.emplace_back(kind.method);
    content.sections.push_back(std::move(section));
  }
  return content;
}

}  // namespace coinvest::cli
