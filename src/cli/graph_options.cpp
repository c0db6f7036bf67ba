// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "cli/options.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

const Choices<TieWeight> tie_weights{{"binary", TieWeight::binary},   {"count", TieWeight::count},
                                     {"newman", TieWeight::newman},   {"jaccard", TieWeight::jaccard},
                                     {"overlap", TieWeight::overlap}, {"cosine", TieWeight::cosine},
                                     {"lift", TieWeight::lift},       {"recency", TieWeight::recency}};
const Choices<BipartiteWeight> bipartite_weights{{"binary", BipartiteWeight::binary},
                                                 {"rounds", BipartiteWeight::rounds},
                                                 {"amount_known", BipartiteWeight::amount_known},
                                                 {"amount_split", BipartiteWeight::amount_split},
                                                 {"recency", BipartiteWeight::recency}};

/// The options with the weight that is called so; as they are if none is called.
template <typename Options, typename Words>
Result<Options> with_weight(Options options, const std::string& called, const Words& weights, std::string_view graph) {
  if (called.empty()) return options;
  const auto weight = std::ranges::find(weights, called, [](const auto& entry) { return entry.first; });
  if (weight == weights.end())
    return fail(ErrorKind::usage,
                fmt::format("--weight on the {} graph: {}", graph, none_of(called, words_of(weights))));
  options.weight = weight->second;
  return options;
}

}  // namespace

GraphOptions::GraphOptions(CLI::App& app) {
  constexpr const char* group = "Graph";
  app.add_option_function<std::string>(
         "--tie", [this](const std::string& text) { read_tie(text); },
         "Two investors are tied by a shared round, by a shared company, or by one in which they invested within so "
         "many days")
      ->type_name("round|company|window:DAYS")
      ->default_str("round")
      ->group(group);
  app.add_option("--weight", weight_,
                 fmt::format("Of ties: {} (default: count); on the bipartite graph: {} (default: binary)",
                             words_of(tie_weights), words_of(bipartite_weights)))
      ->type_name("NAME")
      ->group(group);
  app.add_option("--half-life", half_life_, "With --weight recency: after so many years a round counts half")
      ->check(above_zero)
      ->type_name("YEARS")
      ->capture_default_str()
      ->group(group);
  add_count(app, "--min-shared", min_shared_, 1, 1'000'000, "Leave out ties of fewer shared rounds or companies")
      ->default_str("1")
      ->group(group);
  add_count(app, "--max-syndicate", max_syndicate_, 2, 1'000'000'000,
            "Rounds or companies with more investors make no "
            "ties (default: no bound)")
      ->group(group);
  add_count(app, "--max-ties", max_ties_, 1, 4'000'000'000, "Refuse a projection that may have more ties")
      ->default_str(std::to_string(max_ties_))
      ->group(group);
}

void GraphOptions::read_tie(const std::string& text) {
  constexpr std::string_view window = "window:";
  if (text == "round" || text == "company") {
    tie_by_ = text == "round" ? TieBy::round : TieBy::company;
    return;
  }
  const std::string_view number = text.starts_with(window) ? std::string_view(text).substr(window.size()) : "";
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), days_);
  if (number.empty() || error != std::errc{} || end != number.data() + number.size())
    throw CLI::ValidationError(
        "--tie", fmt::format("'{}' is none of round|company|window:DAYS, with a whole number of days{}", text,
                             did_you_mean(text, {"round", "company"})));
  tie_by_ = TieBy::window;
}

Result<BipartiteOptions> GraphOptions::bipartite() const {
  BipartiteOptions options;
  options.half_life = half_life_;
  return with_weight(options, weight_, bipartite_weights, "bipartite");
}

Result<TieOptions> GraphOptions::ties() const {
  TieOptions options;
  options.by = tie_by_;
  options.days = days_;
  options.half_life = half_life_;
  options.min_shared = static_cast<std::uint32_t>(min_shared_);
  options.max_syndicate = static_cast<std::uint32_t>(max_syndicate_);
  options.max_ties = max_ties_;
  return with_weight(options, weight_, tie_weights, "co-investment");
}

void GraphOptions::set_ties(TieBy by, TieWeight weight) {
  tie_by_ = by;
  weight_ = word_of(tie_weights, weight);
}

void GraphOptions::describe_age(Parameters& parameters) const {
  if (weight_ == word_of(tie_weights, TieWeight::recency)) parameters.emplace_back("half_life", half_life_);
}

void GraphOptions::set_default_weight(TieWeight weight) {
  if (weight_.empty()) weight_ = word_of(tie_weights, weight);
}

void GraphOptions::describe(Parameters& parameters, GraphKind graph) const {
  if (graph == GraphKind::bipartite) {
    parameters.emplace_back("weight", weight_.empty() ? "binary" : weight_);
    describe_age(parameters);
    return;
  }
  parameters.emplace_back("tie", tie_by_ == TieBy::window    ? fmt::format("window:{}", days_)
                                 : tie_by_ == TieBy::company ? "company"
                                                             : "round");
  parameters.emplace_back("weight", weight_.empty() ? "count" : weight_);
  describe_age(parameters);
  parameters.emplace_back("min_shared", static_cast<std::int64_t>(min_shared_));
  if (max_syndicate_ != 0) parameters.emplace_back("max_syndicate", static_cast<std::int64_t>(max_syndicate_));
}

}  // namespace coinvest::cli
