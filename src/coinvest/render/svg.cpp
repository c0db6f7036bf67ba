// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::array<std::string_view, 14> elements{"svg",     "g",        "a",    "title",  "text", "polygon", "path",
                                                    "ellipse", "polyline", "rect", "circle", "line", "tspan",   "defs"};

tl::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorKind::engine, fmt::format("the drawing was refused: it holds {}", visible(clip(what, 80))));
}

/// Checks the inside of one tag: `ellipse fill="none" ...`, without angle brackets and a final slash.
Result<void> check_tag(std::string_view tag) {
  const std::size_t name_end = std::min(tag.find_first_of(blanks), tag.size());
  const std::string_view element = tag.substr(0, name_end);
  if (std::find(elements.begin(), elements.end(), element) == elements.end()) {
    return refused(fmt::format("an element <{}>", element));
  }
  std::string_view rest = tag.substr(name_end);
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    if (rest.empty()) return {};
    const std::size_t equals = rest.find('=');
    const char quote = equals + 1 < rest.size() ? rest[equals + 1] : '\0';
    const std::size_t end = equals < rest.size() ? rest.find(quote, equals + 2) : std::string_view::npos;
    if ((quote != '"' && quote != '\'') || end == std::string_view::npos) return refused("a broken attribute");
    const std::string name = lower_ascii(trim(rest.substr(0, equals)));
    const std::string value = lower_ascii(trim(rest.substr(equals + 2, end - equals - 2)));
    if (name.starts_with("on")) return refused(fmt::format("an attribute '{}'", name));
    if ((name == "href" || name.ends_with(":href")) && !value.starts_with('#')) return refused("a link to " + value);
    if (name != "xlink:title" && (value.find("javascript:") != std::string::npos || value.find("url(") == 0)) {
      return refused(fmt::format("'{}' in an attribute", value));
    }
    rest.remove_prefix(end + 1);
  }
}

/// The end of the tag that begins at `begin`: the first `>` outside quotes.
std::size_t end_of_tag(std::string_view svg, std::size_t begin) {
  char quote = '\0';
  for (std::size_t i = begin; i < svg.size(); ++i) {
    if (quote != '\0') {
      if (svg[i] == quote) quote = '\0';
    } else if (svg[i] == '"' || svg[i] == '\'') {
      quote = svg[i];
    } else if (svg[i] == '>') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Result<std::string> safe_svg(std::string_view svg) {
  std::string out;
  out.reserve(svg.size());
  std::size_t position = 0;
  while (position < svg.size()) {
    const std::size_t begin = std::min(svg.find('<', position), svg.size());
    out += svg.substr(position, begin - position);
    if (begin == svg.size()) break;
    const bool comment = svg.substr(begin, 4) == "<!--";
    const std::size_t end = comment ? svg.find("-->", begin + 4) : end_of_tag(svg, begin);
    if (end == std::string_view::npos) return refused("a tag without an end");
    const std::string_view whole = svg.substr(begin, end + (comment ? 3 : 1) - begin);
    position = begin + whole.size();
    if (comment || (whole.starts_with("<!DOCTYPE") && whole.find('[') == std::string_view::npos)) {
      position = std::min(svg.find_first_not_of(blanks, position), svg.size());  // the line goes with its content
      continue;
    }
    if (whole.starts_with("<!")) return refused("a declaration " + std::string(whole.substr(0, 9)));
    if (!whole.starts_with("<?xml ") && !whole.starts_with("</")) {
      std::string_view inside = whole.substr(1, whole.size() - 2);
      if (inside.ends_with('/')) inside.remove_suffix(1);
      if (auto checked = check_tag(inside); !checked) return tl::unexpected(checked.error());
    }
    out += whole;
  }
  return out;
}

}  // namespace coinvest
