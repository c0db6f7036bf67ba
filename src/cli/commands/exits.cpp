// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/queries/leaving.hpp"

namespace coinvest::cli {
namespace {

/// The rows of a table of views as the words of an option.
template <typename Row>
Choices<const Row*> rows_of(std::span<const Row> rows) {
  Choices<const Row*> choices;
  for (const Row& row : rows) choices.emplace_back(row.name, &row);
  return choices;
}

template <typename Row>
std::string summaries_of(std::span<const Row> rows) {
  std::string text;
  for (const Row& row : rows) text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", row.name, row.summary);
  return text;
}

const Choices<ExitPick> picks{{"first", ExitPick::first}, {"last", ExitPick::last}, {"best", ExitPick::best}};
const Choices<PositionsBy> groupings{{"all", PositionsBy::all},
                                     {"investor", PositionsBy::investor},
                                     {"cohort", PositionsBy::cohort},
                                     {"sector", PositionsBy::sector},
                                     {"stage", PositionsBy::stage}};
const Choices<WriteOffs> write_off_senses{{"end", WriteOffs::end}, {"censored", WriteOffs::censored}};

class Exits final : public Task {
 public:
  explicit Exits(CLI::App& app) : query_(app, SelectionOptions::Without::nothing, Charts::svg) {
    add_choice(app, "--view", view_, rows_of(exit_views()), "What is listed. " + summaries_of(exit_views()));
    options_ = {
        add_choice(app, "--exit-pick", pick_, picks,
                   "Which of several exits of an investor from a company counts: the earliest, the latest, or the best "
                   "for the investor"),
        add_choice(app, "--rate", question_.rate, rows_of(rate_kinds()),
                   "What the view rates divides by what. " + summaries_of(rate_kinds())),
        add_choice<PositionsBy>(app, "--by", question_.by, groupings,
                                "Put together by investor, year of entry (cohort), or sector or stage of the round of "
                                "entry (default: investor in rates of investors, else all)"),
        add_count(app, "--mature", mature_, 1, 100, "Rates: only entries at least N years before the as-of day"),
        add_count(app, "--lag", lag_, 0, 100, "Rate lagged: years from entries to exits")->default_str("4"),
        add_choice(app, "--write-offs", question_.write_offs, write_off_senses,
                   "Holding periods: a write-off ends one, or is the last day on which it was seen")};
  }

  Result<void> run(Session& session) override {
    if (auto fits = check_options(); !fits) return fits;
    if (mature_ != 0) question_.mature_years = static_cast<int>(mature_);
    question_.lag_years = static_cast<int>(lag_);
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      parameters.emplace_back("view", std::string(view_->name));
      for (const CLI::Option* option : options_)
        if (const std::string value = value_of(*option); heeds(*option) && !value.empty())
          parameters.emplace_back(name_of_parameter(*option), value);
      return view_->make(deals, exit_events(deals, pick_), question_);
    });
  }

 private:
  bool heeds(const CLI::Option& option) const {
    std::string words(view_->options);
    if (view_->make == rates_table) words += fmt::format(" {}", question_.rate->options);
    for (const std::string_view word : split(words, ' '))
      if (option.check_lname(std::string(word))) return true;
    return false;
  }

  /// An option that changes nothing is a misunderstanding.
  Result<void> check_options() const {
    for (const CLI::Option* option : options_)
      if (option->count() > 0 && !heeds(*option))
        return fail(ErrorKind::usage,
                    fmt::format("{} says nothing about {}", option->get_name(),
                                view_->make == rates_table ? fmt::format("--rate {}", question_.rate->name)
                                                           : fmt::format("--view {}", view_->name)));
    return {};
  }

  static std::string name_of_parameter(const CLI::Option& option) {
    std::string name = option.get_lnames().front();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
  }
  static std::string value_of(const CLI::Option& option) {
    return option.count() > 0 ? option.as<std::string>() : option.get_default_str();
  }

  TableQuery query_;
  const ExitView* view_ = find_exit_view("events");
  ExitPick pick_ = ExitPick::first;
  RatesQuestion question_;
  std::uint64_t mature_ = 0, lag_ = 4;
  std::vector<CLI::Option*> options_;
};

}  // namespace

std::unique_ptr<Task> make_exits(CLI::App& app) {
  return std::make_unique<Exits>(app);
}

}  // namespace coinvest::cli
