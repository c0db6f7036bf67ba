// SPDX-License-Identifier: Apache-2.0
#include "cli/validation_options.hpp"

namespace coinvest::cli {
namespace {

const Choices<std::optional<Validation>> validations{{"none", std::nullopt},
                                                     {"hypergeometric", Validation::hypergeometric},
                                                     {"bicm", Validation::bicm},
                                                     {"disparity", Validation::disparity}};
const Choices<Correction> corrections{{"fdr", Correction::fdr}, {"bonferroni", Correction::bonferroni}};
const Choices<TestsCounted> tests_counted{{"all", TestsCounted::all}, {"observed", TestsCounted::observed}};

}  // namespace

ValidationOptions::ValidationOptions(CLI::App& app) {
  constexpr const char* group = "Validation";
  add_choice(app, "--validate", with_, validations,
             "Test each tie against chance: given what investors do; given companies too; or keep a backbone")
      ->group(group);
  app.add_option("--alpha", alpha_, "Level of the test (default: 0.01, of the disparity filter 0.05)")->group(group);
  of_tests_ = {add_choice(app, "--correction", options_.correction, corrections, "For the number of tests"),
               add_choice(app, "--tests", options_.tests, tests_counted,
                          "All pairs of investors, or only those that did invest together"),
               app.add_flag_callback(
                   "--two-sided", [this] { options_.sides = Sides::both; }, "Test avoidance as well")};
  for (CLI::Option* option : of_tests_) option->group(group);
}

std::optional<TieValidation> ValidationOptions::wanted(TieBy by) const {
  if (!with_) return std::nullopt;
  TieValidation validation{*with_, options_};
  validation.options.by = by;
  validation.options.alpha = alpha_.value_or(*with_ == Validation::disparity ? 0.05 : options_.alpha);
  return validation;
}

Result<void> ValidationOptions::check(const GraphOptions& graph) const {
  if (alpha_ && !(*alpha_ > 0 && *alpha_ < 1))
    return fail(ErrorKind::usage, fmt::format("--alpha {} is not between 0 and 1", *alpha_));
  if (alpha_ && !with_) return fail(ErrorKind::usage, "--alpha is that of a test: choose one with --validate");
  if (!with_ || *with_ == Validation::disparity)
    for (const CLI::Option* option : of_tests_)
      if (option->count() > 0)
        return fail(ErrorKind::usage, fmt::format("{} says nothing about --validate {}", option->get_name(),
                                                  word_of(validations, with_)));
  const auto ties = graph.ties();
  if (!ties) return tl::unexpected(ties.error());
  if (const auto validation = wanted(ties->by); validation && validation->with != Validation::disparity)
    return check_options(validation->options);
  return {};
}

void ValidationOptions::describe(Parameters& parameters) const {
  parameters.emplace_back("validate", std::string(word_of(validations, with_)));
  const auto validation = wanted(TieBy::round);
  if (!validation) return;
  parameters.emplace_back("alpha", validation->options.alpha);
  if (validation->with == Validation::disparity) return;  // an end's ties are tested alone
  parameters.emplace_back("correction", std::string(word_of(corrections, options_.correction)));
  parameters.emplace_back("tests", std::string(word_of(tests_counted, options_.tests)));
  parameters.emplace_back("two_sided", options_.sides == Sides::both);
}

}  // namespace coinvest::cli
