// SPDX-License-Identifier: Apache-2.0
#include "cli/fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "coinvest/base/text.hpp"
#include "coinvest/render/layout.hpp"

namespace coinvest::cli {
namespace {

/// Lower-case names of all fonts; a font of several names stands there under each.
std::set<std::string> installed_fonts(const Context& context) {
  const std::string text = font_families(context).value_or("");
  std::set<std::string> names;
  for (const std::string_view line : split(text, '\n'))
    for (const std::string_view name : split(line, ',')) names.insert(lower_ascii(trim(name)));
  names.erase("");
  return names;
}

bool has_cjk_text(const Drawing& drawing) {
  const auto has = [](const std::string& text) { return has_cjk(text); };
  return has(drawing.title) || std::ranges::any_of(drawing.caption, has) ||
         std::ranges::any_of(drawing.nodes, has, &DrawingNode::label);
}

}  // namespace

std::string font_warning(const Drawing& drawing, std::string_view fonts, const Context& context) {
  if (!has_cjk_text(drawing)) return "";
  const std::set<std::string> installed = installed_fonts(context);
  const auto is_there = [&](std::string_view name) { return installed.contains(lower_ascii(trim(name))); };
  if (installed.empty() || std::ranges::any_of(split(fonts, ','), is_there)) return "";
  return fmt::format(
      "none of the fonts {} is installed: Chinese names may come in Japanese forms or as boxes; install "
      "fonts-noto-cjk, "
      "or name an installed font as 'fonts' in a --theme file (an SVG takes the fonts of whoever looks at it)",
      fonts);
}

}  // namespace coinvest::cli
