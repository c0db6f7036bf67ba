// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest::cli {
namespace {

class Centrality final : public Task {
 public:
  explicit Centrality(CLI::App& app) : input_(app), selection_(app), graph_(app), run_(app), output_(app) {
    app.add_option("--measure", measures_,
                   "Names of coinvest measures, separated by commas, or all; the first one ranks")
        ->type_name("NAME,...|all")
        ->capture_default_str();
    add_choice(app, "--graph", which_, graph_choices(), "Which graph is measured");
    const Choices<RankedSide> sides{
        {"investors", RankedSide::investors}, {"companies", RankedSide::companies}, {"both", RankedSide::both}};
    add_choice(app, "--side", side_, sides, "Who is listed");
    app.add_flag_callback(
        "--normalised,--normalized", [this] { normalised_ = Normalised::yes; },
        "Add NAME_norm: the score over its largest possible value");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto wanted = wanted_measures();
    if (!wanted) return tl::unexpected(wanted.error());
    if (which_ == GraphKind::coinvest && side_ != RankedSide::investors)
      return fail(ErrorKind::usage, "the co-investment graph has investors alone; leave --side out");
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    const auto graph = AnyGraph::build(deals, which_, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    auto table = ranking(graph->named(*data), *wanted, side_, normalised_, session.context);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, which_);
    parameters.emplace_back("graph", std::string(word_of(graph_choices(), which_)));
    parameters.emplace_back("measure", measures_);
    return output_.write(std::move(*table), parameters);
  }

 private:
  Result<std::vector<const Measure*>> wanted_measures() const {
    if (measures_ == "all") return measures_defined_on(which_);
    std::vector<const Measure*> wanted;
    std::vector<std::string_view> names;
    for (const Measure& measure : measures()) names.push_back(measure.name);
    for (const std::string_view word : split(measures_, ',')) {
      const std::string_view name = trim(word);
      const Measure* measure = find_measure(name);
      if (measure == nullptr) {
        const auto suggestion = nearest(name, names);
        return fail(ErrorKind::usage, fmt::format("'{}' is no measure; {}", name,
                                                  suggestion ? fmt::format("did you mean '{}'?", *suggestion)
                                                             : "coinvest measures lists them"));
      }
      if (std::find(wanted.begin(), wanted.end(), measure) == wanted.end()) wanted.push_back(measure);
    }
    return wanted;
  }

  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  RunOptions run_;
  OutputOptions output_;
  std::string measures_ = "degree,betweenness";
  GraphKind which_ = GraphKind::bipartite;
  RankedSide side_ = RankedSide::investors;
  Normalised normalised_ = Normalised::no;
};

}  // namespace

std::unique_ptr<Task> make_centrality(CLI::App& app) {
  return std::make_unique<Centrality>(app);
}

}  // namespace coinvest::cli
