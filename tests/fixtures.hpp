// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/model/dataset_builder.hpp"

namespace coinvest::fixtures {

inline Day day(std::string_view text) {
  return parse_date(text).value().low;
}
inline DateInterval date(std::string_view text) {
  return text == "?" ? DateInterval{} : parse_date(text).value();
}

/// Rounds in one line each: "R1 Alpha 2015-03-01 A* B": id, company, date ("?" undated), investors ("*" leads).
inline void add_rounds(DatasetBuilder& builder, FileId file, const std::vector<std::string_view>& lines,
                       std::string_view sector = "") {
  std::uint32_t line = 1;
  for (const std::string_view text : lines) {
    const SourceRow source{file, ++line};
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string(text) + " ") {
      if (c != ' ')
        word += c;
      else if (!word.empty())
        words.push_back(std::exchange(word, ""));
    }
    RoundInput round;
    round.id = words.at(0);
    round.company = words.at(1);
    round.announced = date(words.at(2));
    round.sector = sector;
    round.source = source;
    const RoundId id = builder.add_round(round);
    for (std::size_t i = 3; i < words.size(); ++i) {
      ParticipationInput participation;
      participation.round = id;
      participation.lead = words[i].ends_with('*') ? Lead::yes : Lead::unknown;
      if (words[i].ends_with('*')) words[i].pop_back();
      participation.investor = words[i];
      participation.source = source;
      builder.add_participation(participation);
    }
  }
}

inline ExitRow exit_row(DatasetBuilder& builder, SourceRow source, std::string_view company,
                        std::optional<std::string_view> investor, std::string event, std::string_view when,
                        std::string acquirer = "") {
  ExitRow row;
  row.company = builder.company(company, source);
  if (investor) row.investor = builder.investor(*investor, source);
  row.event = std::move(event);
  row.date = date(when);
  row.acquirer = std::move(acquirer);
  row.source = source;
  return row;
}

inline RegistryRow registry_row(DatasetBuilder& builder, SourceRow source, std::string_view company,
                                std::string_view when, std::string_view holder, RegistryChange change) {
  RegistryRow row;
  row.company = builder.company(company, source);
  row.date = date(when);
  row.shareholder = builder.investor(holder, source);
  row.change = change;
  row.source = source;
  return row;
}

/// Nine rounds with every edge case: undated, undisclosed, partial dates, self-participation, same-day tranches, three
/// kinds of exit. The expected numbers stand in the tests that use it.
inline Dataset f1() {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"f1.csv", "f1.csv", "", 9});
  add_rounds(builder, file,
             {"R1 Alpha 2015-03-01 A* B", "R2 Alpha 2017-06-15 C* A", "R3 Alpha 2017-06-15 D", "R4 Beta 2016 A C",
              "R5 Beta 2019-01-10 C* A B", "R6 Gamma 2020-12-31 B*", "R7 Delta 2021-01-01 D* B E", "R8 Delta ? A E",
              "R9 Alpha 2022-05-20 D Alpha"});
  const SourceRow source{file, 20};
  builder.add_exit(exit_row(builder, source, "Alpha", std::nullopt, "ipo", "2023-07-01"));
  builder.add_exit(exit_row(builder, source, "Beta", std::nullopt, "acquisition", "2021-03-31", "Delta"));
  builder.add_registry(registry_row(builder, source, "Gamma", "2022-09-30", "B", RegistryChange::left));
  builder.add_registry(registry_row(builder, source, "Gamma", "2022-09-30", "F", RegistryChange::entered));
  return builder.finish().value();
}

}  // namespace coinvest::fixtures
