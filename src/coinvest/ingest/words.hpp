// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace coinvest {

/// Full-width letters, digits and signs (U+FF01–FF5E) and wide blanks as their ASCII twins; everything else as it is.
/// `text` is valid UTF-8. For cells that are read by a word table; names are left alone.
std::string half_width(std::string_view text);

/// A date whose month is a word, `05-Mar-2021` or `5 March 2021`, as 2021-03-05; everything else as it is.
std::string with_month_number(std::string_view date);

}  // namespace coinvest
