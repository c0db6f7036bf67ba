// SPDX-License-Identifier: Apache-2.0
#include "cli/measure_options.hpp"

#include "cli/graphs.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {

MeasureOptions::MeasureOptions(CLI::App& app) {
  app.add_option("--measure", names_,
                 "Names of coinvest measures, separated by commas, or all; a ranking is by the first")
      ->type_name("NAME,...|all")
      ->capture_default_str();
  add_choice(app, "--graph", graph, graph_choices(), "Which graph is measured");
  app.add_flag_callback(
      "--normalised,--normalized", [this] { normalised = Normalised::yes; },
      "Add NAME_norm: the score over its largest possible value");
}

Result<std::vector<const Measure*>> MeasureOptions::wanted() const {
  if (names_ == "all") return measures_defined_on(graph);
  std::vector<const Measure*> wanted;
  std::vector<std::string_view> names;
  for (const Measure& measure : measures()) names.push_back(measure.name);
  for (const std::string_view word : split(names_, ',')) {
    const std::string_view name = trim(word);
    const Measure* measure = find_measure(name);
    if (measure == nullptr) {
      const auto suggestion = nearest(name, names);
      return fail(ErrorKind::usage, fmt::format("'{}' is no measure; {}", name,
                                                suggestion ? fmt::format("did you mean '{}'?", *suggestion)
                                                           : "coinvest measures lists them"));
    }
    wanted.push_back(measure);
  }
  return wanted;
}

}  // namespace coinvest::cli
