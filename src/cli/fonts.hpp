// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest::cli {

/// What to tell a user whose drawing has Chinese, Japanese or Korean text while none of the theme's fonts, names
/// between commas, is one that fontconfig knows; "" if all is well or it knows none at all.
std::string font_warning(const Drawing& drawing, std::string_view fonts);

}  // namespace coinvest::cli
