// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "coinvest/base/table.hpp"

namespace coinvest {

/// `text` as one line of plain words: nothing in it is Markdown or HTML, control characters are visible.
std::string escape_markdown(std::string_view text);

/// The first `rows` rows and the notes of a table, without its caption.
std::string markdown_table(const Table& table, std::size_t rows);

}  // namespace coinvest
