// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/problems.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

class Check final : public Task {
 public:
  explicit Check(CLI::App& app) : input_(app), run_(app), output_(app) {
    app.add_flag_callback(
        "--rejected", [this] { which_ = Problems::rejected_rows; }, "Only rows that were rejected");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session, InputOptions::Rejections::listed_anyway);
    if (!data) return tl::unexpected(data.error());
    Parameters parameters;
    input_.describe(parameters);
    return output_.write(problems_table(*data, which_), parameters);
  }

 private:
  InputOptions input_;
  RunOptions run_;
  OutputOptions output_;
  Problems which_ = Problems::all;
};

}  // namespace

std::unique_ptr<Task> make_check(CLI::App& app) {
  return std::make_unique<Check>(app);
}

}  // namespace coinvest::cli
