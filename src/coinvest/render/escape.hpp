// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace coinvest {

/// Graphviz resolves backslashes once in labels, twice in tooltips (measured: 2.42).
inline constexpr std::string_view label_backslash = "\\\\", tooltip_backslash = "\\\\\\\\";

/// A text as label or tooltip: control characters and U+FFFE, U+FFFF become blanks (they are not XML), backslashes and
/// ampersands are escaped, since Graphviz would expand `\N` and decode `&lt;`.
std::string escaped(std::string_view text, std::string_view backslash = label_backslash);

/// A text between the double quotes of DOT. It must be escaped already, or free of backslashes.
std::string quoted(std::string_view text);

}  // namespace coinvest
