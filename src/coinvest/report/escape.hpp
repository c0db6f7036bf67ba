// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace coinvest {

/// `text` as a page shows it: control characters are pictures (U+2400...). A text with bidirectional characters stands
/// in an isolate (U+2068, U+2069) that nothing inside can close, so that it never turns its neighbours around.
std::string visible_text(std::string_view text);

/// The same as words of HTML, between tags or in a quoted attribute: & < > " ' are entities. Every value of a page goes
/// through here, or through `json_string`.
std::string escape_html(std::string_view text);

/// Bytes as letters, RFC 4648. Below 2 GiB.
std::string base64(std::string_view bytes);

}  // namespace coinvest
