// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/validate.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "coinvest/ties/bicm.hpp"
#include "coinvest/ties/disparity.hpp"
#include "coinvest/ties/hypergeometric.hpp"

namespace coinvest {
namespace {

/// P(X >= x) for two investors of `chosen` each.
using Chance = std::function<double(std::uint32_t chosen, std::uint32_t shared)>;

Result<Chance> chance_of(const Choices& choices, Validation validation, const Context& context) {
  if (validation == Validation::hypergeometric)
    return [distribution = Hypergeometric(static_cast<std::uint32_t>(choices.chosen_by.size()))](
               std::uint32_t chosen, std::uint32_t shared) { return distribution.tails(chosen, chosen, shared).over; };
  std::vector<std::uint32_t> degrees;
  for (const auto& [investor, chosen] : choices.chosen) degrees.push_back(chosen);
  const auto model = Bicm::solve(degrees, choices.chosen_by, context);
  if (!model) return tl::unexpected(model.error());
  std::map<std::uint32_t, std::vector<double>> over;  // per degree, from each number on
  for (const std::uint32_t chosen : degrees) {
    if (over.contains(chosen)) continue;
    std::vector<double> tail = model->shared(chosen, chosen, chosen, context);
    if (context.stopped()) return cancelled();
    for (std::size_t x = tail.size() - 1; x-- > 0;) tail[x] += tail[x + 1];
    over.emplace(chosen, std::move(tail));
  }
  return [over](std::uint32_t chosen, std::uint32_t shared) { return std::min(1.0, over.at(chosen)[shared]); };
}

}  // namespace

Result<TieTests> test_ties(const Deals& deals, const Coinvestment& graph, std::span<const Tie> ties,
                           const TieValidation& validation, const Context& context) {
  switch (validation.with) {
    case Validation::bicm:
      return validate_bicm(deals, ties, validation.options, context);
    case Validation::disparity:
      return disparity_filter(graph, ties, validation.options.alpha);
    case Validation::hypergeometric:
      break;
  }
  return validate_hypergeometric(deals, ties, validation.options, context);
}

Result<Coinvestment> keep_validated(const Deals& deals, const Coinvestment& graph, const TieValidation& validation,
                                    const Context& context) {
  const auto rows = ties(deals, graph, context);
  if (!rows) return tl::unexpected(rows.error());
  const auto tests = test_ties(deals, graph, *rows, validation, context);
  if (!tests) return tl::unexpected(tests.error());
  Coinvestment kept;
  kept.investors = graph.investors;
  kept.leads = graph.leads;
  kept.skipped_groups = graph.skipped_groups;
  kept.undated_ties = graph.undated_ties;
  kept.offsets.push_back(0);
  for (std::size_t v = 0; v < graph.investors.size(); ++v) {
    for (std::uint64_t edge = graph.offsets[v]; edge < graph.offsets[v + 1]; ++edge) {
      const auto [a, b] = std::minmax(graph.investors[v], graph.investors[graph.neighbours[edge]]);
      const auto row =
          std::ranges::lower_bound(*rows, std::pair(a, b), {}, [](const Tie& tie) { return std::pair(tie.a, tie.b); });
      const TieTest& test = tests->rows[static_cast<std::size_t>(row - rows->begin())];
      if (!test.validated || test.avoided()) continue;
      kept.neighbours.push_back(graph.neighbours[edge]);
      kept.weights.push_back(graph.weights[edge]);
      kept.shared.push_back(graph.shared[edge]);
    }
    kept.offsets.push_back(kept.neighbours.size());
  }
  return kept;
}

Result<std::vector<Power>> power(const Deals& deals, std::span<const Tie> ties, const TieTests& tests,
                                 const TieValidation& validation, const Context& context) {
  if (validation.with == Validation::disparity)
    return fail(ErrorKind::usage, "the disparity filter has no power to speak of: it is no test against chance");
  const Choices choices = count_choices(deals, validation.options.by);
  const auto chance = chance_of(choices, validation.with, context);
  if (!chance) return tl::unexpected(chance.error());
  std::map<std::uint32_t, Power> classes;
  for (const auto& [investor, chosen] : choices.chosen) ++classes[chosen].investors;
  for (std::size_t tie = 0; tie < ties.size(); ++tie) {
    Power& of = classes.at(std::min(choices.chosen.at(ties[tie].a), choices.chosen.at(ties[tie].b)));
    ++of.ties;
    if (tests.rows[tie].validated) ++of.validated;
  }
  std::vector<Power> result;
  for (auto& [chosen, of] : classes) {
    of.chosen = chosen;
    of.p_least = (*chance)(chosen, chosen);
    for (std::uint32_t shared = 1; shared <= chosen && !of.needed && of.p_least <= tests.threshold; ++shared)
      if ((*chance)(chosen, shared) <= tests.threshold) of.needed = shared;
    result.push_back(of);
  }
  return result;
}

}  // namespace coinvest
