// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/identify.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/ingest/review.hpp"

namespace coinvest::cli {
namespace {

const Choices<NameSide> sides{
    {"investors", NameSide::investors}, {"companies", NameSide::companies}, {"both", NameSide::both}};

class Identify final : public Task {
 public:
  explicit Identify(CLI::App& app) : input_(app), run_(app), output_(app) {
    CLI::Option* side = add_choice(app, "--side", side_, sides, "Whose names are compared");
    CLI::Option* least = app.add_option("--min-score", least_, "Leave out pairs of a lower score")
                             ->type_name("SCORE")
                             ->check(CLI::Range(0.0, 1.0))
                             ->default_str("0.6");
    app.add_option("--apply", review_, "A reviewed file: write the alias table that --aliases reads")
        ->type_name("FILE")
        ->excludes(side)
        ->excludes(least);
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    Parameters parameters;
    input_.describe(parameters);
    if (review_.empty()) {
      parameters.emplace_back("side", std::string(word_of(sides, side_)));
      parameters.emplace_back("min_score", least_);
      auto table = review_table(*data, side_, least_, session.context);
      if (!table) return tl::unexpected(table.error());
      return output_.write(std::move(*table), parameters);
    }
    const auto reviewed = read_review(review_);
    if (!reviewed) return tl::unexpected(reviewed.error());
    const auto aliases = reviewed_aliases(*data, *reviewed);
    if (!aliases) return tl::unexpected(aliases.error());
    return output_.write(*aliases, parameters);
  }

 private:
  InputOptions input_;
  RunOptions run_;
  OutputOptions output_;
  NameSide side_ = NameSide::investors;
  double least_ = 0.6;
  std::string review_;
};

}  // namespace

std::unique_ptr<Task> make_identify(CLI::App& app) {
  return std::make_unique<Identify>(app);
}

}  // namespace coinvest::cli
