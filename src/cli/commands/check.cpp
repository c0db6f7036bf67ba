// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/problems.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

enum class By : std::uint8_t { kind };

class Check final : public Task {
 public:
  explicit Check(CLI::App& app) : input_(app), run_(app), output_(app) {
    app.add_flag_callback(
        "--rejected", [this] { which_ = Problems::rejected_rows; }, "Only rows that were rejected");
    add_choice<By>(app, "--by", by_, {{"kind", By::kind}},
                   "Count the problems: one row per kind, with its share of rows")
        ->excludes("--rejected");
    app.add_option("--rejects", rejects_, "Also write the rejected rows, as they stand in their files, to this CSV")
        ->type_name("FILE");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session, InputOptions::Rejections::listed_anyway);
    if (!data) return tl::unexpected(data.error());
    Parameters parameters;
    input_.describe(parameters);
    if (!rejects_.empty())
      if (auto written = output_.write_beside(rejects_, rejects_table(*data)); !written)
        return tl::unexpected(written.error());
    return output_.write(by_ ? problem_kinds_table(*data) : problems_table(*data, which_), parameters);
  }

 private:
  InputOptions input_;
  RunOptions run_;
  OutputOptions output_;
  Problems which_ = Problems::all;
  std::optional<By> by_;
  std::string rejects_;
};

}  // namespace

std::unique_ptr<Task> make_check(CLI::App& app) {
  return std::make_unique<Check>(app);
}

}  // namespace coinvest::cli
