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
  explicit Ties(CLI::App& app) : query_(app), graph_(app) {
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
    if (alpha_ && !(*alpha_ > 0 && *alpha_ < 1))
      return fail(ErrorKind::usage, fmt::format("--alpha {} is not between 0 and 1", *alpha_));
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) {
      return answer(deals, parameters, session.context);
    });
  }

 private:
  Result<Table> answer(const Deals& deals, Parameters& parameters, const Context& context) const {
    const auto graph = AnyGraph::build(deals, GraphKind::coinvest, graph_, context);
    if (!graph) return tl::unexpected(graph.error());
    std::optional<TieValidation> validate;
    if (validation_) {
      validate = {*validation_, validate_};
      validate->options.by = graph_.ties()->by;  // read when the graph was built
      validate->options.alpha = alpha_.value_or(*validation_ == Validation::disparity ? 0.05 : validate_.alpha);
    }
    graph_.describe(parameters, GraphKind::coinvest);
    parameters.emplace_back("validate", std::string(word_of(validations, validation_)));
    if (validate) {
      parameters.emplace_back("alpha", validate->options.alpha);
      parameters.emplace_back("correction", std::string(word_of(corrections, validate_.correction)));
      parameters.emplace_back("tests", std::string(word_of(tests_counted, validate_.tests)));
      parameters.emplace_back("two_sided", validate_.sides == Sides::both);
    }
    return ties_table(deals, *graph->coinvestment, validate, context);
  }

  TableQuery query_;
  GraphOptions graph_;
  std::optional<Validation> validation_;
  std::optional<double> alpha_;
  ValidateOptions validate_;
};

}  // namespace

std::unique_ptr<Task> make_ties(CLI::App& app) {
  return std::make_unique<Ties>(app);
}

}  // namespace coinvest::cli
