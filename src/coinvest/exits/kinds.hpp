// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "coinvest/model/dataset.hpp"

namespace coinvest {

enum class ExitCode : std::uint8_t {
  ipo,
  otc,
  ma_full,
  ma_majority,
  ma_minority,
  take_private,
  secondary,
  buyback,
  reduction,
  removed,
  repay,
  writeoff,
  court,
  gift,
  inherit,
  replace,
  note,
  unmapped,
};

/// Whom an event happens to: an IPO to the company and so to all its holders, a sale of shares to one investor.
enum class ExitLevel : std::uint8_t { company, investor, nobody };

/// Does the event count as an exit unless options say otherwise?
enum class CountsAsExit : std::uint8_t { no, yes };

/// Is the event an IPO or a sale of the company, as exit rates count them?
enum class Liquidity : std::uint8_t { no, yes };

/// One row per code, in the order of ExitCode; of those that count as exits the better one for an investor comes first.
struct ExitKind {
  ExitCode code;
  std::string_view name;     ///< as tables print it
  std::string_view summary;  ///< one line
  ExitLevel level;
  CountsAsExit counts;
  Liquidity liquidity;
};

std::span<const ExitKind> exit_kinds();
const ExitKind& kind_of(ExitCode code);
inline std::string_view name_of(ExitCode code) {
  return kind_of(code).name;
}

/// Where a word is looked for: as the whole event column, or also inside the details of a vaguer event.
enum class WordPlace : std::uint8_t { event, event_or_details, details };

/// A word of an exits table and what it says. Words are lower case, blanks and hyphens written `_`.
struct ExitWord {
  std::string_view word;
  ExitCode code;
  WordPlace place = WordPlace::event;
};

std::span<const ExitWord> exit_words();

/// The code of a row. The event column decides; the details refine a shareholder who left (`sold ...`: SECONDARY), a
/// transfer that is a replacement, an offer for sale or a financing, and an acquisition of a stated share (`took 58%`:
/// over 95 full, over 50 majority, else minority) or with the company as the buyer (a note). A delisting is a write-off
/// unless somebody bought. Words outside the table are `unmapped`.
ExitCode exit_code(const ExitRow& row);

}  // namespace coinvest
