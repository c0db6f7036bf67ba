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
  explicit Summary(CLI::App& app) : input_(app), selection_(app), run_(app), output_(app) {
    add_choice<std::string_view>(app, "--by", by_, grouping_choices(), "One row per group");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    auto table = by_ ? summary_by(deals, *by_) : summary(deals, session.context);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    if (by_) parameters.emplace_back("by", std::string(*by_));
    return output_.write(std::move(*table), parameters);
  }

 private:
  InputOptions input_;
  SelectionOptions selection_;
  RunOptions run_;
  OutputOptions output_;
  std::optional<std::string_view> by_;
};

}  // namespace

std::unique_ptr<Task> make_summary(CLI::App& app) {
  return std::make_unique<Summary>(app);
}

}  // namespace coinvest::cli
