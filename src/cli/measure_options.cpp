// SPDX-License-Identifier: Apache-2.0
#include "cli/measure_options.hpp"

#include <algorithm>

#include "cli/graphs.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {

namespace {

const Choices<Normalised> normalised_forms{
    {"no", Normalised::no}, {"yes", Normalised::yes}, {"percent", Normalised::percent}};

Choices<const Profile*> profile_choices() {
  Choices<const Profile*> choices;
  for (const Profile& profile : profiles()) choices.emplace_back(profile.name, &profile);
  return choices;
}

}  // namespace

MeasureOptions::MeasureOptions(CLI::App& app, GraphOptions& ties, const std::vector<std::string>& also_set) {
  app.add_option("--measure", names_,
                 "Names of coinvest measures, separated by commas, or all; a ranking is by the first")
      ->type_name("NAME,...|all")
      ->capture_default_str();
  add_choice(app, "--graph", graph, graph_choices(), "Which graph is measured");
  app.add_flag_callback(
      "--normalised,--normalized", [this] { normalised = Normalised::yes; },
      "Add NAME_norm: the score over its largest possible value");
  const auto choices = profile_choices();
  const auto set = [this, &ties, choices](const std::string& name) {
    for (const auto& [word, row] : choices)
      if (word == name) profile = row;
    if (profile == nullptr)
      throw CLI::ValidationError("--profile", fmt::format("'{}' is none of {}", name, words_of(choices)));
    names_ = profile->measures;
    graph = GraphKind::coinvest;
    normalised = profile->normalised;
    ties.set_ties(TieBy::round, profile->weight);
  };
  CLI::Option* option =
      app.add_option_function<std::string>("--profile", set, "All switches as in a tradition of the literature")
          ->type_name(words_of(choices));
  std::vector<std::string> excluded{"--measure", "--graph", "--normalised", "--tie", "--weight"};
  excluded.insert(excluded.end(), also_set.begin(), also_set.end());
  for (const std::string& name : excluded) option->excludes(app.get_option(name));
}

void MeasureOptions::describe(Parameters& parameters) const {
  if (profile != nullptr) parameters.emplace_back("profile", std::string(profile->name));
  parameters.emplace_back("measure", names_);
  parameters.emplace_back("graph", std::string(word_of(graph_choices(), graph)));
  parameters.emplace_back("normalised", std::string(word_of(normalised_forms, normalised)));
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
    if (std::find(wanted.begin(), wanted.end(), measure) == wanted.end()) wanted.push_back(measure);
  }
  return wanted;
}

}  // namespace coinvest::cli
