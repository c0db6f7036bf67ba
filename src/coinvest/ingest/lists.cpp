// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/lists.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr auto separators = std::to_array<std::string_view>({"，", "、", ",", ";", "；", "|", "｜", "\n", "\r", " + "});
constexpr auto conjunctions_between = std::to_array<std::string_view>({"&", "＆", " and "});
constexpr auto openings = std::to_array<std::string_view>({"(", "（", "[", "【"});
constexpr auto closings = std::to_array<std::string_view>({")", "）", "]", "】"});
/// What follows a comma without beginning a new name; small letters, without dots.
constexpr auto legal_forms = std::to_array<std::string_view>(
    {"inc",  "incorporated", "llc", "llp", "lp",  "ltd", "limited", "co",  "corp", "corporation", "company",
     "plc",  "gmbh",         "ag",  "sa",  "sas", "nv",  "bv",      "ab",  "as",   "spa",         "srl",
     "sarl", "pte",          "pty", "pc",  "kg",  "oy",  "kk",      "lda", "ltda", "aps"});

struct Role {
  std::string_view word;
  Lead lead;
};
constexpr auto roles = std::to_array<Role>({{"独家投资", Lead::yes},
                                            {"独家", Lead::yes},
                                            {"联合领投", Lead::yes},
                                            {"领投方", Lead::yes},
                                            {"领投", Lead::yes},
                                            {"跟投方", Lead::no},
                                            {"跟投", Lead::no},
                                            {"参投", Lead::no}});
constexpr auto bracketed_roles = std::to_array<Role>(
    {{"lead", Lead::yes}, {"lead investor", Lead::yes}, {"leader", Lead::yes}, {"co-lead", Lead::yes}});
/// At the end of a list: others took part. Longer before shorter.
constexpr auto and_more =
    std::to_array<std::string_view>({"等多家投资机构", "等多家机构", "等投资机构", "等投资方", "等机构", "等多家", "等",
                                     " and others", " et al.", " et al"});

/// The length of the text of `list` at `position`; 0 if none is there.
template <std::size_t count>
std::size_t any_at(const std::array<std::string_view, count>& list, std::string_view text, std::size_t position) {
  for (const std::string_view candidate : list) {
    if (text.substr(position).starts_with(candidate)) return candidate.size();
  }
  return 0;
}

bool is_legal_form(std::string_view part) {
  std::string small = lower_ascii(trim(part));
  std::erase(small, '.');
  return std::ranges::find(legal_forms, small) != legal_forms.end();
}

/// Brackets that do not pair are letters like any other.
bool brackets_pair(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (any_at(openings, text, i) > 0) ++depth;
    if (any_at(closings, text, i) > 0 && --depth < 0) return false;
  }
  return depth == 0;
}

std::vector<std::string_view> parts_of(std::string_view cell, Conjunctions conjunctions) {
  std::vector<std::string_view> parts;
  const bool heed_brackets = brackets_pair(cell);
  int depth = 0;
  std::size_t begin = 0;
  bool after_comma = false;
  const auto close_part = [&](std::size_t end) {
    const std::string_view part = cell.substr(begin, end - begin);
    if (after_comma && !parts.empty() && is_legal_form(part)) {
      const auto start = static_cast<std::size_t>(parts.back().data() - cell.data());
      parts.back() = trim(cell.substr(start, end - start));
    } else if (!trim(part).empty()) {
      parts.push_back(trim(part));
    }
  };
  for (std::size_t i = 0; i < cell.size();) {
    if (heed_brackets && any_at(openings, cell, i) > 0) ++depth;
    if (heed_brackets && any_at(closings, cell, i) > 0) --depth;
    std::size_t length = depth == 0 ? any_at(separators, cell, i) : 0;
    if (length == 0 && depth == 0 && conjunctions == Conjunctions::between_names) {
      length = any_at(conjunctions_between, cell, i);
    }
    if (length == 0) {
      ++i;
      continue;
    }
    close_part(i);
    after_comma = cell[i] == ',';
    i += length;
    begin = i;
  }
  close_part(cell.size());
  return parts;
}

/// Takes the role in brackets off the end of a name.
std::optional<Lead> take_bracketed_role(std::string_view& name) {
  for (std::size_t kind = 0; kind < openings.size(); ++kind) {
    if (!name.ends_with(closings[kind])) continue;
    const std::size_t open = name.rfind(openings[kind]);
    if (open == std::string_view::npos || open == 0) continue;
    const std::size_t inside = open + openings[kind].size();
    const std::string word = lower_ascii(trim(name.substr(inside, name.size() - inside - closings[kind].size())));
    for (const auto list : {std::span<const Role>(roles), std::span<const Role>(bracketed_roles)}) {
      const auto role = std::ranges::find(list, std::string_view(word), &Role::word);
      if (role == list.end()) continue;
      name = trim(name.substr(0, open));
      return role->lead;
    }
  }
  return std::nullopt;
}

/// Takes a role off the end of a name (`红杉中国领投`).
std::optional<Lead> take_role_behind(std::string_view& name) {
  for (const Role& role : roles) {
    if (!name.ends_with(role.word) || name.size() == role.word.size()) continue;
    name = trim(name.substr(0, name.size() - role.word.size()));
    return role.lead;
  }
  return std::nullopt;
}

/// Takes a heading off the front of a name (`领投：红杉中国`).
std::optional<Lead> take_heading(std::string_view& name) {
  for (const Role& role : roles) {
    if (!name.starts_with(role.word)) continue;
    for (const std::string_view colon : {"：", ":"}) {
      if (!name.substr(role.word.size()).starts_with(colon)) continue;
      name = trim(name.substr(role.word.size() + colon.size()));
      return role.lead;
    }
  }
  return std::nullopt;
}

bool take_and_more(std::string_view& name) {
  for (const std::string_view words : and_more) {
    if (!name.ends_with(words)) continue;
    name = trim(name.substr(0, name.size() - words.size()));
    return true;
  }
  return false;
}

}  // namespace

NameList split_names(std::string_view cell, Conjunctions conjunctions) {
  NameList list;
  Lead heading = Lead::unknown;
  std::size_t without_role = 0;  // names from here on take the role that stands behind a later one
  for (std::string_view part : parts_of(cell, conjunctions)) {
    if (const auto lead = take_heading(part)) heading = *lead;
    ListedName listed{part, heading};
    list.incomplete |= take_and_more(listed.name);
    if (const auto bracketed = take_bracketed_role(listed.name)) {
      listed.lead = *bracketed;
      list.names.push_back(listed);
      without_role = list.names.size();
      continue;
    }
    const auto behind = take_role_behind(listed.name);
    list.incomplete |= take_and_more(listed.name);
    if (behind) {
      for (std::size_t i = without_role; i < list.names.size(); ++i) list.names[i].lead = *behind;
      listed.lead = *behind;
    }
    if (!listed.name.empty()) list.names.push_back(listed);
    if (behind) without_role = list.names.size();
  }
  return list;
}

bool looks_like_list(std::string_view cell) {
  if (cell.find_first_of(",;|+\xe3\xef") == std::string_view::npos) return false;  // the first bytes of all separators
  return parts_of(cell, Conjunctions::within_names).size() > 1;
}

}  // namespace coinvest
