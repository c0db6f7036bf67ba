// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "coinvest/queries/partners.hpp"

namespace coinvest::cli {
namespace {

enum class Validation : std::uint8_t { none, hypergeometric };

class Ties final : public Task {
 public:
  explicit Ties(CLI::App& app) : input_(app), selection_(app), graph_(app), run_(app), output_(app) {
    constexpr const char* group = "Validation";
    const Choices<Validation> validations{{"none", Validation::none}, {"hypergeometric", Validation::hypergeometric}};
    add_choice(app, "--validate", validation_, validations, "Test each tie against chance")->group(group);
    app.add_option("--alpha", validate_.alpha, "Level of the test")->capture_default_str()->group(group);
    const Choices<Correction> corrections{{"fdr", Correction::fdr}, {"bonferroni", Correction::bonferroni}};
    add_choice(app, "--correction", validate_.correction, corrections, "For the number of tests")->group(group);
    const Choices<TestsCounted> tests{{"all", TestsCounted::all}, {"observed", TestsCounted::observed}};
    add_choice(app, "--tests", validate_.tests, tests, "All pairs of investors, or only those that did invest together")
        ->group(group);
    app.add_flag_callback(
           "--two-sided", [this] { validate_.sides = Sides::both; }, "Test avoidance as well")
        ->group(group);
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    if (!(validate_.alpha > 0 && validate_.alpha < 1))
      return fail(ErrorKind::usage, fmt::format("--alpha {} is not between 0 and 1", validate_.alpha));
    const auto ties = graph_.ties();
    if (!ties) return tl::unexpected(ties.error());
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    const auto graph = AnyGraph::build(deals, GraphKind::coinvest, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    std::optional<ValidateOptions> validate;
    if (validation_ == Validation::hypergeometric) {
      validate = validate_;
      validate->by = ties->by;
    }
    auto table = ties_table(deals, *graph->coinvestment, validate, session.context);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, GraphKind::coinvest);
    return output_.write(std::move(*table), parameters);
  }

 private:
  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  RunOptions run_;
  OutputOptions output_;
  Validation validation_ = Validation::none;
  ValidateOptions validate_;
};

}  // namespace

std::unique_ptr<Task> make_ties(CLI::App& app) {
  return std::make_unique<Ties>(app);
}

}  // namespace coinvest::cli
