// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace coinvest {

/// True if a cell stands for nobody in particular (投资方未透露, undisclosed, angels, 等, n/a, -, ...): never a node.
bool is_placeholder(std::string_view name);

/// Why a name cannot be one, as one sentence: longer than 1 KiB, more than 8 combining marks in a row, or
/// a spreadsheet's error value (#NAME?).
std::optional<std::string> name_fault(std::string_view name);

/// The first control, bidirectional or zero-width character of a name as `U+202E`; nothing if it has none.
std::optional<std::string> suspect_character(std::string_view name);

}  // namespace coinvest
