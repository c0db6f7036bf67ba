// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

/// What a drawing may be made of. Attributes that are not listed are left out.
constexpr std::array<std::string_view, 13> elements{"a",        "circle", "ellipse", "g",    "line",  "path", "polygon",
                                                    "polyline", "rect",   "svg",     "text", "title", "tspan"};
constexpr std::array<std::string_view, 37> attributes{"class",
                                                      "cx",
                                                      "cy",
                                                      "d",
                                                      "dominant-baseline",
                                                      "dx",
                                                      "dy",
                                                      "fill",
                                                      "fill-opacity",
                                                      "font-family",
                                                      "font-size",
                                                      "font-style",
                                                      "font-weight",
                                                      "height",
                                                      "opacity",
                                                      "points",
                                                      "r",
                                                      "rx",
                                                      "ry",
                                                      "stroke",
                                                      "stroke-dasharray",
                                                      "stroke-linecap",
                                                      "stroke-linejoin",
                                                      "stroke-opacity",
                                                      "stroke-width",
                                                      "text-anchor",
                                                      "text-decoration",
                                                      "textLength",
                                                      "transform",
                                                      "viewBox",
                                                      "width",
                                                      "x",
                                                      "x1",
                                                      "x2",
                                                      "y",
                                                      "y1",
                                                      "y2"};

template <std::size_t size>
bool lists(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

tl::unexpected<Error> unfit(std::string_view what) {
  return fail(ErrorKind::engine, fmt::format("a drawing holds {}; only shapes and text are accepted", visible(what)));
}

struct Attribute {
  std::string_view name, value;
};

struct Tag {
  std::string_view name;
  std::vector<Attribute> attributes;
  bool closes_itself = false;

  std::string_view value(std::string_view wanted) const {
    for (const Attribute& attribute : attributes)
      if (attribute.name == wanted) return attribute.value;
    return {};
  }
};

/// Reads the start tag at the beginning of `rest` ("<name ...>") and removes it; nothing if it is not well-formed.
std::optional<Tag> take_tag(std::string_view& rest) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto skip_blanks = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size())); };
  const auto take = [&](std::string_view ends) {
    const std::string_view word = rest.substr(0, rest.find_first_of(ends));
    rest.remove_prefix(word.size());
    return word;
  };
  rest.remove_prefix(1);
  Tag tag{take(" \t\r\n/><"), {}, false};
  while (true) {
    skip_blanks();
    if (rest.starts_with("/>")) {
      tag.closes_itself = true;
      rest.remove_prefix(2);
      return tag;
    }
    if (rest.starts_with('>')) {
      rest.remove_prefix(1);
      return tag;
    }
    const std::string_view name = take(" \t\r\n=/><\"'");
    skip_blanks();
    if (name.empty() || !rest.starts_with('=')) return std::nullopt;
    rest.remove_prefix(1);
    skip_blanks();
    if (!rest.starts_with('"') && !rest.starts_with('\'')) return std::nullopt;
    const std::string_view quote = rest.substr(0, 1);
    rest.remove_prefix(1);
    const std::string_view value = take(quote);
    if (rest.empty() || value.find('<') != std::string_view::npos) return std::nullopt;
    rest.remove_prefix(1);
    tag.attributes.push_back({name, value});
  }
}

/// The width of the drawing, so that a small one is not blown up to the page; the style of the page makes a large one
/// fit, and gives the height.
std::string width_attribute(std::string_view width) {
  double size = 0.0;
  const auto [end, error] = std::from_chars(width.data(), width.data() + width.size(), size);
  const std::string_view unit = width.substr(static_cast<std::size_t>(end - width.data()));
  if (error != std::errc() || !(size > 0) || (unit != "pt" && unit != "px" && !unit.empty())) return "";
  return fmt::format(" width=\"{}{}\"", size, unit);
}

struct Open {
  std::string_view name;
  bool of_graphviz = false;  // a group whose title is an id, not words
};

Result<std::string> start_tag(const Tag& tag) {
  std::string out = fmt::format("<{}", tag.name == "a" ? "g" : tag.name);
  for (const auto& [name, value] : tag.attributes) {
    const std::string lower = lower_ascii(name);
    if (lower.starts_with("on")) return unfit(fmt::format("the event handler '{}'", name));
    if (lower.ends_with("href")) return unfit(fmt::format("a link ('{}')", name));
    if (!lists(attributes, name) || (tag.name == "svg" && (name == "width" || name == "height"))) continue;
    if (lower_ascii(value).find("url(") != std::string::npos) return unfit(fmt::format("a reference in '{}'", name));
    out += fmt::format(" {}=\"", name);
    for (const char letter : value) out += letter == '"' ? std::string("&quot;") : std::string(1, letter);
    out += '"';
  }
  if (tag.name == "svg") out += width_attribute(tag.value("width"));
  out += tag.closes_itself ? "/>" : ">";
  const std::string_view tooltip = tag.name == "a" ? tag.value("xlink:title") : std::string_view();
  if (!tooltip.empty() && !tag.closes_itself) out += fmt::format("<title>{}</title>", tooltip);
  return out;
}

}  // namespace

Result<std::string> inline_svg(std::string_view svg) {
  std::string out;
  std::vector<Open> open;
  bool skipping = false;  // inside a technical title
  bool seen_root = false;
  const auto skip_past = [&](std::string_view end) {
    const std::size_t at = svg.find(end);
    if (at == std::string_view::npos) return false;
    svg.remove_prefix(at + end.size());
    return true;
  };
  while (!svg.empty()) {
    const std::string_view text = svg.substr(0, svg.find('<'));
    svg.remove_prefix(text.size());
    if (open.empty() && !trim(text).empty() && text != "\xEF\xBB\xBF") return unfit("text outside the drawing");
    if (!open.empty() && !skipping) out += text;
    if (svg.empty()) break;
    if (svg.starts_with("<?") || svg.starts_with("<!--")) {
      if (!skip_past(svg[1] == '?' ? "?>" : "-->")) return unfit("an unfinished comment");
    } else if (svg.starts_with("<!DOCTYPE")) {
      const std::string_view declaration = svg.substr(0, svg.find('>'));
      if (declaration.find('[') != std::string_view::npos || !open.empty()) return unfit("an entity declaration");
      if (!skip_past(">")) return unfit("an unfinished declaration");
    } else if (svg.starts_with("</")) {
      const std::string_view name = trim(svg.substr(2, std::min(svg.find('>'), svg.size()) - 2));
      if (open.empty() || open.back().name != name || !skip_past(">")) return unfit("tags that do not match");
      if (!skipping) out += fmt::format("</{}>", name == "a" ? "g" : name);
      skipping = false;
      open.pop_back();
    } else {
      const auto tag = take_tag(svg);
      if (!tag) return unfit("a broken tag");
      const bool root = tag->name == "svg";
      if (!lists(elements, tag->name)) return unfit(fmt::format("<{}>", tag->name.substr(0, 40)));
      if (root == !open.empty() || (root && seen_root) || (!open.empty() && open.back().name == "title"))
        return unfit(fmt::format("<{}> in a place where it does not belong", tag->name));
      seen_root = true;
      const auto start = start_tag(*tag);
      if (!start) return tl::unexpected(start.error());
      const std::string_view kind = tag->value("class");
      const bool technical = tag->name == "title" && open.back().of_graphviz;
      if (!technical) out += *start;
      if (tag->closes_itself) continue;
      skipping = technical;
      open.push_back({tag->name, kind == "graph" || kind == "node" || kind == "edge" || kind == "cluster"});
    }
  }
  if (!seen_root || !open.empty()) return unfit("no whole svg element");
  return out;
}

}  // namespace coinvest
