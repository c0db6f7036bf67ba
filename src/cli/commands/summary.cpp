// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/summary.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

Choices<std::string_view> grouping_choices() {
  Choices<std::string_view> choices;
  for (const Grouping& grouping : groupings()) choices.emplace_back(grouping.name, grouping.name);
  return choices;
}

class Summary final : public Task {
 public:
  explicit Summary(CLI::App& app) : query_(app), rates_(app) {
    CLI::Option* by = add_choice<std::string_view>(app, "--by", by_, grouping_choices(), "One row per group");
    app.add_flag("--graduation", graduation_, "How many companies of each stage came to a later one, and how soon")
        ->excludes(by)
        ->excludes("--rates");
    app.add_flag("--steps", steps_, "What companies were worth from round to round: up, flat or down, and the multiple")
        ->excludes("--graduation")
        ->excludes("--rates");
  }

  Result<void> run(Session& session) override {
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      if (graduation_) return graduation(deals);
      if (by_) parameters.emplace_back("by", std::string(*by_));
      if (steps_) return steps(deals, by_);
      const auto rates = rates_.load();
      if (!rates) return tl::unexpected(rates.error());
      rates_.describe(parameters, *rates);
      if (!by_) return summary(deals, session.context, *rates);
      return summary_by(deals, *by_, *rates);
    });
  }

 private:
  TableQuery query_;
  RatesOptions rates_;
  std::optional<std::string_view> by_;
  bool graduation_ = false, steps_ = false;
};

}  // namespace

std::unique_ptr<Task> make_summary(CLI::App& app) {
  return std::make_unique<Summary>(app);
}

}  // namespace coinvest::cli
