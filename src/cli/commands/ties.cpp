// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/validation_options.hpp"
#include "coinvest/queries/partners.hpp"
#include "coinvest/queries/syndication.hpp"

namespace coinvest::cli {
namespace {

enum class View : std::uint8_t { ties, power, syndication, investors };

const Choices<View> views{
    {"ties", View::ties}, {"power", View::power}, {"syndication", View::syndication}, {"investors", View::investors}};

class Ties final : public Task {
 public:
  explicit Ties(CLI::App& app) : query_(app), graph_(app), validation_(app) {
    add_choice(app, "--view", view_, views,
               "The ties; what their test is able to find; how common investing together is; the same per investor");
  }

  Result<void> run(Session& session) override {
    if (auto good = validation_.check(graph_); !good) return good;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) {
      return answer(deals, parameters, session.context);
    });
  }

 private:
  Result<Table> answer(const Deals& deals, Parameters& parameters, const Context& context) const {
    const auto built = AnyGraph::build(deals, GraphKind::coinvest, graph_, context);
    if (!built) return tl::unexpected(built.error());
    const Coinvestment& graph = *built->coinvestment;
    const TieOptions options = *graph_.ties();  // read when the graph was built
    const std::optional<TieValidation> validation = validation_.wanted(options.by);
    parameters.emplace_back("view", std::string(word_of(views, view_)));
    graph_.describe(parameters, GraphKind::coinvest);
    validation_.describe(parameters);
    if (view_ == View::syndication || view_ == View::investors) {
      if (options.min_shared > 1)
        return fail(ErrorKind::usage, "--min-shared leaves out ties that do not repeat, and this view counts them");
      if (validation) return fail(ErrorKind::usage, "--validate says nothing about this view");
    }
    switch (view_) {
      case View::power:
        if (!validation) return fail(ErrorKind::usage, "--view power needs --validate hypergeometric or bicm");
        return power_table(deals, graph, *validation, context);
      case View::syndication:
        return syndication_table(deals, graph);
      case View::investors:
        return syndicators_table(deals, graph);
      case View::ties:
        break;
    }
    return ties_table(deals, graph, options, validation, context);
  }

  TableQuery query_;
  GraphOptions graph_;
  ValidationOptions validation_;
  View view_ = View::ties;
};

}  // namespace

std::unique_ptr<Task> make_ties(CLI::App& app) {
  return std::make_unique<Ties>(app);
}

}  // namespace coinvest::cli
