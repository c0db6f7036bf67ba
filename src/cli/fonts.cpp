// SPDX-License-Identifier: Apache-2.0
#include "cli/fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <set>

#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

struct CloseProcess {
  void operator()(std::FILE* process) const { pclose(process); }
};

/// Lower-case names of all fonts; a font of several names stands there under each.
std::set<std::string> installed_fonts() {
  const std::unique_ptr<std::FILE, CloseProcess> list(popen("fc-list : family 2>/dev/null", "r"));
  std::string text;
  std::array<char, 4096> buffer;
  if (list != nullptr)
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), list.get()))
      text.append(buffer.data(), got);
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

Result<std::optional<std::string>> installed_font(std::string_view fonts) {
  const std::set<std::string> installed = installed_fonts();
  if (installed.empty()) return fail(ErrorKind::engine, "no fc-list in PATH, or it lists no font");
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
