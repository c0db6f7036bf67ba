// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace coinvest {

/// Of what the page of a report says of its own: headings, buttons, heads of columns, the finding. Captions, notes and
/// methods are English in either, and names are as the data has them.
enum class Language : std::uint8_t { en, zh };

struct LanguageName {
  Language language;
  std::string_view word, tag;  ///< of the option; of HTML (BCP 47)
};
inline constexpr std::array languages{LanguageName{Language::en, "en", "en"},
                                      LanguageName{Language::zh, "zh", "zh-Hans"}};

/// An English phrase in another language; itself if there is no translation.
std::string_view say(Language language, std::string_view english);

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
