// SPDX-License-Identifier: Apache-2.0
#include "cli/measure_options.hpp"

#include <algorithm>
#include <charconv>

#include "cli/graphs.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {

namespace {

const Choices<Normalised> normalised_forms{
    {"no", Normalised::no}, {"yes", Normalised::yes}, {"percent", Normalised::percent}};

const Choices<EdgeLength> edge_lengths{{"steps", EdgeLength::step}, {"inverse", EdgeLength::inverse_weight}};
const Choices<PairOverlap> overlaps{{"dot", PairOverlap::dot}, {"min", PairOverlap::min}, {"max", PairOverlap::max}};

Choices<const Profile*> profile_choices() {
  Choices<const Profile*> choices;
  for (const Profile& profile : profiles()) choices.emplace_back(profile.name, &profile);
  return choices;
}

/// A number from `least` to below `limit`.
CLI::Option* add_number(CLI::App& app, const std::string& name, double& target, double least, double limit,
                        const std::string& help) {
  const auto read = [&target, name, least, limit](const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= least && value < limit))
      throw CLI::ValidationError(name, fmt::format("'{}' is no number from {} to below {}", text, least, limit));
    target = value;
  };
  return app.add_option_function<std::string>(name, read, help)
      ->type_name("NUMBER")
      ->default_str(fmt::format("{}", target));
}

}  // namespace

std::vector<CLI::Option*> add_measure_params(CLI::App& app, MeasureParams& params) {
  constexpr const char* group = "Measures";
  std::vector<CLI::Option*> options{
      add_choice(app, "--distance", params.edge_length, edge_lengths,
                 "Of betweenness: an edge is one step long, or the inverse of its weight"),
      add_count(app, "--sources", params.sources, 2, UINT32_MAX,
                "Of betweenness: estimate it from so many searches (default: all, or 1024 above --bc-budget)"),
      add_number(app, "--bc-budget", params.betweenness_budget, 0, 1e300,
                 "Of betweenness: exact up to so many vertices times edges"),
      add_number(app, "--beta", params.beta, -1, 1, "Of beta: share of 1/largest eigenvalue, between -1 and 1"),
      add_number(app, "--damping", params.damping, 0, 1, "Of pagerank and birank: from 0 to below 1"),
      add_choice(app, "--overlap", params.overlap, overlaps,
                 "Of clustering: shared neighbours over those of either, of the one with fewer, or with more")};
  for (CLI::Option* option : options) option->group(group);
  return options;
}

void describe_measure_params(const MeasureParams& params, Parameters& parameters) {
  if (params.edge_length != EdgeLength::step)
    parameters.emplace_back("distance", std::string(word_of(edge_lengths, params.edge_length)));
  if (params.sources != 0) parameters.emplace_back("sources", static_cast<std::int64_t>(params.sources));
  const MeasureParams usual;
  if (params.betweenness_budget != usual.betweenness_budget)
    parameters.emplace_back("bc_budget", params.betweenness_budget);
  if (params.beta != usual.beta) parameters.emplace_back("beta", params.beta);
  if (params.damping != usual.damping) parameters.emplace_back("damping", params.damping);
  if (params.overlap != usual.overlap)
    parameters.emplace_back("overlap", std::string(word_of(overlaps, params.overlap)));
}

MeasureOptions::MeasureOptions(CLI::App& app, GraphOptions& ties, const std::vector<std::string>& also_set) {
  app.add_option("--measure", names_,
                 "Names of coinvest measures, separated by commas, or all; a ranking is by the first")
      ->type_name("NAME,...|all")
      ->capture_default_str();
  add_choice(app, "--graph", graph, graph_choices(), "Which graph is measured");
  app.add_flag_callback(
      "--normalised,--normalized", [this] { normalised = Normalised::yes; },
      "Add NAME_norm: the score over its largest possible value");
  add_measure_params(app, params);
  const auto choices = profile_choices();
  const auto set = [this, &ties, choices](const std::string& name) {
    for (const auto& [word, row] : choices)
      if (word == name) profile = row;
    if (profile == nullptr) throw CLI::ValidationError("--profile", none_of(name, words_of(choices)));
    names_ = profile->measures;
    graph = GraphKind::coinvest;
    normalised = profile->normalised;
    ties.set_ties(TieBy::round, profile->weight);
  };
  CLI::Option* option =
      app.add_option_function<std::string>("--profile", set, "All switches as in a tradition of the literature")
          ->type_name(words_of(choices));
  std::vector<std::string> excluded{"--measure", "--graph", "--normalised", "--tie", "--weight", "--beta"};
  excluded.insert(excluded.end(), also_set.begin(), also_set.end());
  for (const std::string& name : excluded) option->excludes(app.get_option(name));
}

void MeasureOptions::describe(Parameters& parameters) const {
  if (profile != nullptr) parameters.emplace_back("profile", std::string(profile->name));
  parameters.emplace_back("measure", names_);
  parameters.emplace_back("graph", std::string(word_of(graph_choices(), graph)));
  describe_measure_params(params, parameters);
  parameters.emplace_back("normalised", std::string(word_of(normalised_forms, normalised)));
}

Result<const Measure*> measure_called(std::string_view name) {
  if (const Measure* measure = find_measure(name)) return measure;
  std::vector<std::string_view> names;
  for (const Measure& measure : measures()) names.push_back(measure.name);
  return fail(ErrorKind::usage, fmt::format("'{}' is no measure{}", visible(name),
                                            did_you_mean(name, names, "; coinvest measures lists them")));
}

Result<std::vector<const Measure*>> measures_called(std::string_view names) {
  std::vector<const Measure*> wanted;
  for (const std::string_view word : split(names, ',')) {
    const auto measure = measure_called(trim(word));
    if (!measure) return tl::unexpected(measure.error());
    if (std::ranges::find(wanted, *measure) == wanted.end()) wanted.push_back(*measure);
  }
  return wanted;
}

Result<std::vector<const Measure*>> MeasureOptions::wanted() const {
  if (names_ == "all") return measures_defined_on(graph);
  return measures_called(names_);
}

}  // namespace coinvest::cli
