// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest::cli {

/// The first of the fonts, names between commas, that fontconfig's `fc-list` lists; nothing if it lists none of them.
/// Fails (engine) if nobody can be asked.
Result<std::optional<std::string>> installed_font(std::string_view fonts);

/// What to tell a user whose drawing has Chinese, Japanese or Korean text while none of the theme's fonts, names
/// between commas, is installed as fontconfig's `fc-list` says; "" if all is well or nobody can be asked.
std::string font_warning(const Drawing& drawing, std::string_view fonts);

}  // namespace coinvest::cli
