// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "coinvest/queries/partners.hpp"

namespace coinvest::cli {
namespace {

const Choices<std::optional<Validation>> validations{{"none", std::nullopt},
                                                     {"hypergeometric", Validation::hypergeometric},
                                                     {"bicm", Validation::bicm},
                                                     {"disparity", Validation::disparity}};
const Choices<Correction> corrections{{"fdr", Correction::fdr}, {"bonferroni", Correction::bonferroni}};
const Choices<TestsCounted> tests_counted{{"all", TestsCounted::all}, {"observed", TestsCounted::observed}};

class Ties final : public Task {
 public:
  explicit Ties(CLI::App& app) : input_(app), selection_(app), graph_(app), run_(app), output_(app) {
    constexpr const char* group = "Validation";
    add_choice(app, "--validate", validation_, validations,
               "Test each tie against chance: given what investors do; given companies too; or keep a backbone")
        ->group(group);
    app.add_option("--alpha", alpha_, "Level of the test (default: 0.01, of the disparity filter 0.05)")->group(group);
    add_choice(app, "--correction", validate_.correction, corrections, "For the number of tests")->group(group);
    add_choice(app, "--tests", validate_.tests, tests_counted,
               "All pairs of investors, or only those that did invest together")
        ->group(group);
    app.add_flag_callback(
           "--two-sided", [this] { validate_.sides = Sides::both; }, "Test avoidance as well")
        ->group(group);
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    if (alpha_ && !(*alpha_ > 0 && *alpha_ < 1))
      return fail(ErrorKind::usage, fmt::format("--alpha {} is not between 0 and 1", *alpha_));
    const auto ties = graph_.ties();
    if (!ties) return tl::unexpected(ties.error());
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    const auto graph = AnyGraph::build(deals, GraphKind::coinvest, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    std::optional<TieValidation> validate;
    if (validation_) {
      validate = {*validation_, validate_};
      validate->options.by = ties->by;
      validate->options.alpha = alpha_.value_or(*validation_ == Validation::disparity ? 0.05 : validate_.alpha);
    }
    auto table = ties_table(deals, *graph->coinvestment, validate, session.context);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, GraphKind::coinvest);
    parameters.emplace_back("validate", std::string(word_of(validations, validation_)));
    if (validate) {
      parameters.emplace_back("alpha", validate->options.alpha);
      parameters.emplace_back("correction", std::string(word_of(corrections, validate_.correction)));
      parameters.emplace_back("tests", std::string(word_of(tests_counted, validate_.tests)));
      parameters.emplace_back("two_sided", validate_.sides == Sides::both);
    }
    return output_.write(std::move(*table), parameters);
  }

 private:
  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  RunOptions run_;
  OutputOptions output_;
  std::optional<Validation> validation_;
  std::optional<double> alpha_;
  ValidateOptions validate_;
};

}  // namespace

std::unique_ptr<Task> make_ties(CLI::App& app) {
  return std::make_unique<Ties>(app);
}

}  // namespace coinvest::cli
