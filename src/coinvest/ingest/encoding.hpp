// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// The text of a file as strict UTF-8 without byte order mark and without NUL. Nothing is replaced: U+FFFD would make
/// different names one. `file` is used in messages alone.
/// Fails (input), naming what was found: another kind of file (ZIP, HTML, JSON, ...), UTF-16 or UTF-32, an invalid byte
/// with its offset and line, a NUL.
Result<std::string> decode_text(std::string bytes, const std::string& file);

}  // namespace coinvest
