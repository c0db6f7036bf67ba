// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest::cli {

/// What to tell a user whose drawing has Chinese, Japanese or Korean text while none of the theme's fonts, names
/// between commas, is installed as fontconfig's `fc-list` says; "" if all is well or nobody can be asked.
std::string font_warning(const Drawing& drawing, std::string_view fonts, const Context& context);

}  // namespace coinvest::cli
