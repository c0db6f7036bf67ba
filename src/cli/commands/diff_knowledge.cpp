// SPDX-License-Identifier: Apache-2.0
#include "cli/claims_option.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/knowledge.hpp"

namespace coinvest::cli {
namespace {

class DiffKnowledge final : public Task {
 public:
  explicit DiffKnowledge(CLI::App& app)
      : query_(app, SelectionOptions::Without::known_by), claims_(app, ClaimsOption::As::option) {
    app.get_option("dataset")->required()->expected(1)->allow_extra_args(false);  // or it would take the days, too
    add_day(app, "D1", then_, DateEnd::last, "The earlier day of knowledge")->required();
    const auto read = [this](const std::string& text) {
      if (text == "today") return;
      const auto date = parse_date(text);
      if (!date) throw CLI::ValidationError("D2", date.error().message + "; or 'today'");
      question_.now = date->high;
    };
    app.add_option_function<std::string>("D2", read,
                                         "The later one, or 'today': all that was read, restated amounts too")
        ->type_name("DATE")
        ->required();
    add_period(app, "--period", period_, "Also ask who fell silent in the one --sector in this time");
  }

  Result<void> run(Session& session) override {
    question_.then = *then_;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      const std::vector<std::string>& sectors = deals.selection.sectors;
      if (period_ && sectors.size() != 1) return fail(ErrorKind::usage, "--period asks about silence in one --sector");
      if (period_) question_.silence = SilenceQuestion{sectors.front(), *period_, {}, Listed::with_history};
      if (claims_.is_given()) {
        auto file = claims_.load(deals.selection);
        if (!file) return tl::unexpected(file.error());
        question_.claims = std::move(*file);
      }
      parameters.emplace_back("then", format_day(question_.then));
      parameters.emplace_back("now", question_.now ? format_day(*question_.now) : "today");
      if (period_) parameters.emplace_back("period", format_day(period_->from) + ".." + format_day(period_->to));
      return knowledge_changes(*deals.data, deals.selection, question_, session.context);
    });
  }

 private:
  TableQuery query_;
  ClaimsOption claims_;
  KnowledgeQuestion question_;
  std::optional<Day> then_;
  std::optional<DayRange> period_;
};

}  // namespace

std::unique_ptr<Task> make_diff_knowledge(CLI::App& app) {
  return std::make_unique<DiffKnowledge>(app);
}

}  // namespace coinvest::cli
