// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/organisations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

/// What of an id is enough to tell two of one name apart: the last part of a permalink, the first of a UUID.
std::string_view short_form(std::string_view id) {
  constexpr std::size_t uuid_length = 36;
  constexpr std::size_t uuid_head = 8;
  if (id.size() == uuid_length && std::ranges::count(id, '-') == 4 && id[uuid_head] == '-')
    return id.substr(0, uuid_head);
  const std::size_t slash = id.rfind('/');
  return slash == std::string_view::npos || slash + 1 == id.size() ? id : id.substr(slash + 1);
}

/// The first bytes of a name as a number that orders as they do; names of one head must be compared.
std::uint64_t head_of(std::string_view name) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < sizeof head; ++i)
    head = head << 8U | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
  return head;
}

}  // namespace

std::uint32_t Organisations::spelling_of(std::string_view name) {
  const auto [spelling, is_new] = spellings_.add(name);
  if (!is_new) return spelling;
  const std::uint32_t key = identity_ == Identity::exact ? spelling : keys_.add(match_key(name)).first;
  key_of_.push_back(key);
  first_variant_.push_back(none);
  if (key >= first_of_key_.size()) first_of_key_.push_back(none);
  return spelling;
}

std::uint32_t Organisations::make(std::uint32_t spelling, std::uint32_t id) {
  const auto made = static_cast<std::uint32_t>(organisations_.size());
  organisations_.push_back({spelling, id, made});
  return made;
}

std::uint32_t Organisations::without_id(std::uint32_t spelling) {
  if (first_variant_[spelling] != none) return joined(variants_[first_variant_[spelling]].organisation);
  const std::uint32_t first = first_of_key_[key_of_[spelling]];
  return first == none ? make(spelling, none) : first;
}

std::uint32_t Organisations::with_id(std::string_view id, std::uint32_t spelling) {
  const auto [number, is_new] = ids_.add(id);
  std::uint32_t& nameless = first_of_key_[key_of_[spelling]];
  const bool was_seen_without = nameless != none && organisations_[nameless].id == none;
  if (is_new) {
    if (was_seen_without) organisations_[nameless].id = number;
    with_id_.push_back(was_seen_without ? nameless : make(spelling, number));
  } else if (was_seen_without) {
    organisations_[nameless].joined_with = with_id_[number];
    nameless = with_id_[number];
  }
  return with_id_[number];
}

Organisations::Variant& Organisations::variant(std::uint32_t organisation, std::uint32_t spelling, SourceRow where) {
  const auto next = static_cast<std::uint32_t>(variants_.size());
  std::uint32_t at = first_variant_[spelling];
  if (at == none) {
    at = first_variant_[spelling] = next;
  } else if (joined(variants_[at].organisation) != organisation) {
    at = further_variants_.try_emplace({spelling, organisation}, next).first->second;
  }
  if (at == next) variants_.push_back({organisation, spelling, 0, 0, false, where, {}});
  return variants_[at];
}

std::uint32_t Organisations::add(const OrganisationName& named, SourceRow where, Use use) {
  const std::uint32_t spelling = spelling_of(named.name);
  const bool has_id = !named.id.empty() && identity_ == Identity::safe;
  const std::uint32_t organisation = has_id ? with_id(named.id, spelling) : without_id(spelling);
  if (!has_id && !named.id.empty() && ids_.add(named.id).second) with_id_.push_back(organisation);
  if (first_of_key_[key_of_[spelling]] == none) first_of_key_[key_of_[spelling]] = organisation;
  Variant& seen = variant(organisation, spelling, where);
  if (use == Use::counted) ++seen.uses;
  if (has_id) seen.with_id = true;
  if (!has_id && seen.without_id++ == 0) seen.first_without_id = where;
  return organisation;
}

std::optional<std::uint32_t> Organisations::find(const OrganisationName& named) const {
  if (const auto found = find_id(named.id); found && identity_ == Identity::safe) return found;
  if (named.name.empty()) return std::nullopt;  // of most rows in a database's table of all organisations
  const auto spelling = spellings_.find(named.name);
  if (spelling && first_variant_[*spelling] != none) return joined(variants_[first_variant_[*spelling]].organisation);
  return identity_ == Identity::exact ? std::nullopt : find_key(match_key(named.name));
}

std::optional<std::uint32_t> Organisations::find_id(std::string_view id) const {
  const auto number = ids_.find(id);
  return number ? std::optional(with_id_[*number]) : std::nullopt;
}

std::optional<std::uint32_t> Organisations::find_key(std::string_view key) const {
  const auto number = identity_ == Identity::exact ? spellings_.find(key) : keys_.find(key);
  return number && first_of_key_[*number] != none ? std::optional(first_of_key_[*number]) : std::nullopt;
}

std::string Organisations::key_of(std::string_view name) const {
  if (identity_ == Identity::exact) return std::string(name);
  const auto spelling = spellings_.find(name);
  return spelling ? std::string(text_of_key(key_of_[*spelling])) : match_key(name);
}

std::string_view Organisations::id(std::uint32_t organisation) const {
  const std::uint32_t number = organisations_[organisation].id;
  return number == none ? std::string_view() : ids_.text(number);
}

/// The organisation that `Name (id)` is made for when several have the name.
std::optional<std::uint32_t> Organisations::find_told_apart(std::string_view name) const {
  const std::size_t open = name.rfind(" (");
  if (open == std::string_view::npos || !name.ends_with(')')) return std::nullopt;
  const auto plain = spellings_.find(name.substr(0, open));
  if (!plain || first_variant_[*plain] == none) return std::nullopt;
  const std::string_view inside = name.substr(open + 2, name.size() - open - 3);
  const auto is_meant = [&](std::uint32_t at) {
    const std::string_view own = id(joined(variants_[at].organisation));
    return !own.empty() && (own == inside || short_form(own) == inside);
  };
  const auto organisation = [&](std::uint32_t at) { return joined(variants_[at].organisation); };
  if (is_meant(first_variant_[*plain])) return organisation(first_variant_[*plain]);
  for (auto at = further_variants_.lower_bound({*plain, 0}); at != further_variants_.end() && at->first.first == *plain;
       ++at)
    if (is_meant(at->second)) return organisation(at->second);
  return std::nullopt;
}

void Organisations::join_told_apart() {
  for (Organisation& organisation : organisations_) {
    if (organisation.id != none) continue;
    if (const auto meant = find_told_apart(spellings_.text(organisation.spelling))) organisation.joined_with = *meant;
  }
}

/// The most frequent spelling of each organisation, of equals the first by bytes.
std::vector<std::uint32_t> Organisations::best_variants() const {
  std::vector<std::uint32_t> best(organisations_.size(), none);
  for (std::uint32_t at = 0; at < variants_.size(); ++at) {
    const Variant& candidate = variants_[at];
    std::uint32_t& kept = best[joined(candidate.organisation)];
    if (kept == none || candidate.uses > variants_[kept].uses ||
        (candidate.uses == variants_[kept].uses && text(candidate) < text(variants_[kept])))
      kept = at;
  }
  return best;
}

/// Gives organisations their names. Of equal ones one keeps the name, that of the rows without ids or else the first by
/// id, and the others get their ids behind it. Puts `order` into this order, and the names parallel to it.
void Organisations::name_homonyms(const std::vector<std::uint32_t>& best, std::vector<std::uint32_t>& order,
                                  Finished& result) const {
  const auto plain = [&](std::uint32_t organisation) { return text(variants_[best[organisation]]); };
  const auto has_own_id = [&](std::uint32_t o) { return variants_[best[o]].without_id == 0; };
  const auto by_id = [&](std::uint32_t o) { return std::pair(has_own_id(o), id(o)); };
  struct Named {
    std::uint64_t head;  // settles most comparisons: names and ids lie far away
    std::uint32_t organisation;
  };
  std::vector<Named> named;
  named.reserve(order.size());
  for (const std::uint32_t organisation : order) named.push_back({head_of(plain(organisation)), organisation});
  std::ranges::sort(named, [&](const Named& a, const Named& b) {
    if (a.head != b.head) return a.head < b.head;
    const int names = plain(a.organisation).compare(plain(b.organisation));
    return names != 0 ? names < 0 : by_id(a.organisation) < by_id(b.organisation);
  });
  std::ranges::transform(named, order.begin(), &Named::organisation);
  const auto is_plain = [&](std::string_view name) { return std::ranges::binary_search(order, name, {}, plain); };
  std::set<std::string> made;
  std::uint32_t first = none;
  for (const std::uint32_t organisation : order) {
    const std::string_view name = plain(organisation);
    if (first == none || plain(first) != name) {
      first = organisation;
      result.names.emplace_back(name);
      continue;
    }
    std::string telling = fmt::format("{} ({})", name, short_form(id(organisation)));
    if (is_plain(telling) || made.contains(telling)) telling = fmt::format("{} ({})", name, id(organisation));
    while (is_plain(telling) || made.contains(telling)) telling += fmt::format(" ({})", id(organisation));
    result.problems.push_back({ProblemKind::homonym,
                               variants_[best[organisation]].first_seen,
                               {},
                               fmt::format("{} is the name of {} and of {}: the latter is called {}", name, id(first),
                                           id(organisation), telling)});
    made.insert(telling);
    result.names.push_back(std::move(telling));
  }
}

/// Notes each spelling that stands without an id though several organisations have the name.
void Organisations::report_ambiguous(const Finished& result, std::vector<Problem>& problems) const {
  if (ids_.size() == 0) return;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_key, by_spelling;  // and organisation
  for (const Variant& seen : variants_) {
    if (!seen.with_id) continue;
    by_key.emplace_back(key_of_[seen.spelling], joined(seen.organisation));
    by_spelling.emplace_back(seen.spelling, joined(seen.organisation));
  }
  for (auto* pairs : {&by_key, &by_spelling}) {
    std::ranges::sort(*pairs);
    pairs->erase(std::ranges::unique(*pairs).begin(), pairs->end());
  }
  const auto count = [](const auto& pairs, std::uint32_t what) {
    return std::ranges::equal_range(pairs, what, {}, &std::pair<std::uint32_t, std::uint32_t>::first).size();
  };
  for (const Variant& seen : variants_) {
    if (seen.without_id == 0) continue;
    const std::size_t of_key = count(by_key, key_of_[seen.spelling]);
    const bool is_clear = of_key < 2 || (seen.with_id && count(by_spelling, seen.spelling) == 1);
    if (is_clear) continue;
    const std::string& taken_for = result.names[result.position[seen.organisation]];
    problems.push_back({ProblemKind::ambiguous_name,
                        seen.first_without_id,
                        {},
                        fmt::format("{} may be any of {} organisations: without an id it is taken for {}, here and in "
                                    "{} more rows",
                                    text(seen), of_key, taken_for, seen.without_id - 1)});
  }
}

Organisations::Finished Organisations::finish(std::string_view column) {
  join_told_apart();
  Finished result;
  const std::vector<std::uint32_t> best = best_variants();
  std::vector<std::uint32_t> order;
  for (std::uint32_t organisation = 0; organisation < organisations_.size(); ++organisation) {
    if (joined(organisation) == organisation) order.push_back(organisation);
  }
  name_homonyms(best, order, result);

  std::vector<std::pair<std::string, std::uint32_t>> named;
  for (std::size_t i = 0; i < order.size(); ++i) named.emplace_back(std::move(result.names[i]), order[i]);
  if (!result.problems.empty()) std::ranges::sort(named);
  result.position.resize(organisations_.size());
  for (std::uint32_t i = 0; i < named.size(); ++i) {
    result.names[i] = std::move(named[i].first);
    result.position[named[i].second] = i;
  }
  for (std::uint32_t organisation = 0; organisation < organisations_.size(); ++organisation)
    result.position[organisation] = result.position[joined(organisation)];

  for (const Variant& given : variants_) {
    const Variant& kept = variants_[best[joined(given.organisation)]];
    if (given.spelling == kept.spelling || text(given) == result.names[result.position[given.organisation]]) continue;
    result.problems.push_back(
        {ProblemKind::merged_name, given.first_seen, {}, fmt::format("{} is read as {}", text(given), text(kept))});
  }
  report_ambiguous(result, result.problems);
  for (Problem& problem : result.problems) problem.column = column;
  return result;
}

}  // namespace coinvest
