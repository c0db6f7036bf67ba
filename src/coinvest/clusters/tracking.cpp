// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/tracking.hpp"

#include <map>
#include <tuple>

namespace coinvest {
namespace {

struct Match {
  std::optional<std::uint32_t> with;
  double jaccard = 0;
  std::uint32_t overlap = 0;

  /// Of equal ones the first seen stays.
  void see(std::uint32_t community, double similarity, std::uint32_t shared) {
    if (similarity < least_similar || std::tie(similarity, shared) <= std::tie(jaccard, overlap)) return;
    with = community;
    jaccard = similarity;
    overlap = shared;
  }
};

}  // namespace

std::string_view name_of(CommunityEvent event) {
  switch (event) {
    case CommunityEvent::birth:
      return "birth";
    case CommunityEvent::continued:
      return "continue";
    case CommunityEvent::split:
      return "split";
    case CommunityEvent::merge:
      return "merge";
    case CommunityEvent::death:
      return "death";
  }
  return "";
}

std::vector<Succession> track(std::span<const Community> before, std::span<const Community> after) {
  std::map<InvestorId, std::uint32_t> was_in;
  for (std::uint32_t c = 0; c < before.size(); ++c)
    for (const InvestorId member : before[c]) was_in.emplace(member, c);
  std::vector<Match> successor(before.size()), predecessor(after.size());
  for (std::uint32_t c = 0; c < after.size(); ++c) {
    std::map<std::uint32_t, std::uint32_t> shared;
    for (const InvestorId member : after[c])
      if (const auto found = was_in.find(member); found != was_in.end()) ++shared[found->second];
    for (const auto& [old, overlap] : shared) {
      const auto either = static_cast<double>(before[old].size() + after[c].size() - overlap);
      const double jaccard = overlap / either;
      predecessor[c].see(old, jaccard, overlap);
      successor[old].see(c, jaccard, overlap);
    }
  }

  std::vector<std::vector<std::uint32_t>> merged(after.size());
  for (std::uint32_t old = 0; old < before.size(); ++old)
    if (const auto to = successor[old].with; to && predecessor[*to].with != old) merged[*to].push_back(old);
  std::vector<Succession> rows;
  for (std::uint32_t c = 0; c < after.size(); ++c) {
    const auto& [from, jaccard, overlap] = predecessor[c];
    if (!from)
      rows.push_back({CommunityEvent::birth, std::nullopt, c});
    else
      rows.push_back(
          {successor[*from].with == c ? CommunityEvent::continued : CommunityEvent::split, from, c, jaccard});
    for (const std::uint32_t old : merged[c]) rows.push_back({CommunityEvent::merge, old, c, successor[old].jaccard});
  }
  for (std::uint32_t old = 0; old < before.size(); ++old)
    if (!successor[old].with) rows.push_back({CommunityEvent::death, old, std::nullopt});
  return rows;
}

}  // namespace coinvest
