// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace coinvest {
namespace {

struct ProblemName {
  std::string_view name;
  bool rejects_row;
};

// In the order of ProblemKind.
constexpr std::array<ProblemName, 25> problem_names{{{"bad_row", true},
                                                     {"missing_name", true},
                                                     {"unknown_round", true},
                                                     {"duplicate_round", true},
                                                     {"bad_name", true},
                                                     {"bad_date", false},
                                                     {"bad_amount", false},
                                                     {"bad_value", false},
                                                     {"placeholder", false},
                                                     {"duplicate_row", false},
                                                     {"self_investment", false},
                                                     {"self_acquisition", true},
                                                     {"restated_round", false},
                                                     {"merged_name", false},
                                                     {"homonym", false},
                                                     {"ambiguous_name", false},
                                                     {"ambiguous_alias", false},
                                                     {"suspect_character", false},
                                                     {"inferred_encoding", false},
                                                     {"several_names", false},
                                                     {"shifted_columns", false},
                                                     {"variant_name", false},
                                                     {"both_sides", false},
                                                     {"exit_before_entry", false},
                                                     {"unusual_amount", false}}};

}  // namespace

bool is_rejection(ProblemKind kind) {
  return problem_names.at(static_cast<std::size_t>(kind)).rejects_row;
}

std::string_view name_of(ProblemKind kind) {
  return problem_names.at(static_cast<std::size_t>(kind)).name;
}

std::string_view name_of(Grade grade) {
  static constexpr std::array<std::string_view, 4> names{"A", "B", "C", ""};
  return names.at(static_cast<std::size_t>(grade));
}

std::string_view name_of(RoundKind kind) {
  static constexpr std::array<std::string_view, 8> names{"primary", "ipo",   "placement", "secondary",
                                                         "debt",    "grant", "merger",    "other"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string_view name_of(RegistryChange change) {
  static constexpr std::array<std::string_view, 9> names{
      "new", "increase", "new_or_increase", "exit", "replacement", "transfer", "dilution", "capital", "offer"};
  return names.at(static_cast<std::size_t>(change));
}

std::string Dataset::place(const SourceRow& row) const {
  return fmt::format("{}:{}", files[index(row.file)].name, row.line);
}

std::span<const Attribute> Dataset::attributes_of(Entry entry) const {
  const auto range = std::ranges::equal_range(attributes, entry, {}, &Attribute::entry);
  return {range.begin(), range.end()};
}

std::optional<InvestorId> find_investor(const Dataset& data, std::string_view name) {
  const std::vector<std::string>& names = data.investors.name;
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at == names.end() || *at != name) return std::nullopt;
  return id_of<InvestorId>(static_cast<std::size_t>(at - names.begin()));
}

}  // namespace coinvest
