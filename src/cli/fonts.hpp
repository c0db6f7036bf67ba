// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest::cli {

/// The first of the fonts, names between commas, that fontconfig knows; nothing if it knows none of them.
/// Fails (engine) if it knows no font at all.
Result<std::optional<std::string>> installed_font(std::string_view fonts);

/// What to tell a user whose drawing has Chinese, Japanese or Korean text while none of the theme's fonts, names
/// between commas, is one that fontconfig knows; "" if all is well or it knows none at all.
std::string font_warning(const Drawing& drawing, std::string_view fonts);

}  // namespace coinvest::cli
