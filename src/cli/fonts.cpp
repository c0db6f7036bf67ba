// SPDX-License-Identifier: Apache-2.0
#include "cli/fonts.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <memory>
#include <set>
#include <span>

#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

struct Free {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcObjectSet* names) const { FcObjectSetDestroy(names); }
  void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
};

/// Lower-case names of all fonts; a font of several names stands there under each.
std::set<std::string> installed_fonts() {
  const std::unique_ptr<FcConfig, Free> config(FcInitLoadConfigAndFonts());
  const std::unique_ptr<FcPattern, Free> any(FcPatternCreate());
  const std::unique_ptr<FcObjectSet, Free> wanted(FcObjectSetBuild(FC_FAMILY, nullptr));
  if (config == nullptr) return {};
  const std::unique_ptr<FcFontSet, Free> fonts(FcFontList(config.get(), any.get(), wanted.get()));
  std::set<std::string> names;
  for (const FcPattern* font :
       fonts ? std::span(fonts->fonts, static_cast<std::size_t>(fonts->nfont)) : std::span<FcPattern*>()) {
    FcChar8* name = nullptr;
    for (int at = 0; FcPatternGetString(font, FC_FAMILY, at, &name) == FcResultMatch; ++at)
      names.insert(lower_ascii(trim(reinterpret_cast<const char*>(name))));
  }
  return names;
}

bool has_cjk_text(const Drawing& drawing) {
  const auto has = [](const std::string& text) { return has_cjk(text); };
  return has(drawing.title) || std::ranges::any_of(drawing.caption, has) ||
         std::ranges::any_of(drawing.nodes, has, &DrawingNode::label);
}

}  // namespace

Result<std::optional<std::string>> installed_font(std::string_view fonts) {
  const std::set<std::string> installed = installed_fonts();
  if (installed.empty()) return fail(ErrorKind::engine, "fontconfig knows no font");
  for (const std::string_view name : split(fonts, ','))
    if (installed.contains(lower_ascii(trim(name)))) return std::string(trim(name));
  return std::nullopt;
}

std::string font_warning(const Drawing& drawing, std::string_view fonts) {
  if (!has_cjk_text(drawing)) return "";
  const auto font = installed_font(fonts);
  if (!font || *font) return "";
  return fmt::format(
      "none of the fonts {} is installed: Chinese names may come in Japanese forms or as boxes; install "
      "fonts-noto-cjk, or name an installed font as 'fonts' in a --theme file (an SVG takes the fonts of whoever looks "
      "at it)",
      fonts);
}

}  // namespace coinvest::cli
