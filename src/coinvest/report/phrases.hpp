// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coinvest {

/// Of everything that the page of a report and its pictures say of their own. Names, and values of options are as they
/// are.
enum class Language : std::uint8_t { en, zh };

struct LanguageName {
  Language language;
  std::string_view word, tag;  ///< of the option; of HTML (BCP 47)
};
inline constexpr std::array languages{LanguageName{Language::en, "en", "en"},
                                      LanguageName{Language::zh, "zh", "zh-Hans"}};

/// Where a phrase stands: anywhere in the page, as the head of a column, or below a head, which then is the section's
/// name: "state", "verdict", ...
constexpr std::string_view anywhere = "page", as_head = "head";

/// An English phrase in another language, by assets/chinese.toml; the phrase itself in English. Nothing if there is no
/// translation. O(phrases of the section), for each phrase within the phrase.
std::optional<std::string> translation(Language language, std::string_view english,
                                       std::string_view section = anywhere);

/// The same, and the phrase itself if there is no translation.
std::string say(Language language, std::string_view english, std::string_view section = anywhere);

/// The section of what stands below a head: that of all reasons for "closeness_why", ...
std::string_view section_of(std::string_view column);

/// What the script of the page says.
inline constexpr std::array<std::string_view, 11> script_phrases{"Filter rows",
                                                                 "{} rows",
                                                                 "of",
                                                                 "Zoom in",
                                                                 "Zoom out",
                                                                 "Fit to width",
                                                                 "Fit",
                                                                 "Find in the drawing",
                                                                 "Rows behind",
                                                                 "Close",
                                                                 "The rows are in the file"};

}  // namespace coinvest
