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

/// A number as plain digits: `15000000`, `0.1`; the shortest that read back as the same number.
std::string plain_digits(double number);

/// A number written with an exponent as plain digits (1.5e7 as 15000000), unless it is too large for them; everything
/// else as it is.
std::string without_exponent(std::string_view number);

}  // namespace coinvest
