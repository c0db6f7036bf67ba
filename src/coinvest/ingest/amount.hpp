// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "coinvest/base/money.hpp"
#include "coinvest/base/result.hpp"

namespace coinvest {

/// The currency that a cell names: an ISO code or a word (`USD`, `US$`, `美元`). Nothing if it is none that we know.
std::optional<Currency> parse_currency(std::string_view text);

/// What a text says about an amount, as the interval it allows: `1.35亿美元`, `$5M`, `约15亿元`, `近千万美元`,
/// `数千万`, `亿元级`, `1-2M`, `未披露`, ... A remark in parentheses behind it is dropped. An empty text is
/// undisclosed. A currency in the text wins over `column`; 元, ¥ and none mean `column`, 元 without a column means CNY.
/// Integers only, no locale; a value finer than 1/100 is rounded half up. Groups of digits must be consistent: every 3,
/// or Indian 3-2-2.
/// Fails (input) with what is wrong: not an amount (`1e400`, `NaN`, `-1`, `10%`, `0x10`), or larger than
/// Amount::largest.
Result<Amount> parse_amount(std::string_view text, Currency column = {});

}  // namespace coinvest
