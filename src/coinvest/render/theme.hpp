// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// A colour for borders, lines and boxes, and one of the same hue on which the theme's text is readable: "#RRGGBB".
struct Hue {
  std::string border, fill;
};

/// How drawings look: every colour, font and width of every view; `Theme{}` is the light one. Colour is never the only
/// sign: shapes tell the sides, borders the states, numbers the clusters.
struct Theme {
  std::string fonts = "Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif";  ///< the first that is installed
  std::string background = "#FFFFFF", text = "#1A1A1A";
  std::string line = "#5F6B7A";  ///< edges between clusters, or all without clusters
  std::string dormant_fill = "#DCDCDC";

  // Hues of Okabe and Ito, which people with any common colour blindness tell apart.
  Hue investor{"#0072B2", "#CFE6F5"};
  Hue company{"#C98500", "#FCE5B8"};
  Hue other{"#808080", "#EFEFEF"};  ///< clusters beyond the list
  std::array<Hue, 7> clusters{{{"#E69F00", "#FBE3B5"},
                               {"#56B4E9", "#D3ECFA"},
                               {"#009E73", "#C2E9DC"},
                               {"#D55E00", "#F8D3B8"},
                               {"#0072B2", "#BFDCEE"},
                               {"#CC79A7", "#F4DCE8"},
                               {"#B5A600", "#F8F4B4"}}};

  double line_opacity = 0.6;
  double dense_line_opacity = 0.45;                   ///< of drawings with more than two edges per node
  double old_line_opacity = 0.5;                      ///< of the oldest edge, as a share of the newest one's
  double smallest_width = 0.15, largest_width = 1.0;  ///< of ellipses, inches
  double smallest_font = 10.0, largest_font = 20.0;   ///< points
  double thinnest_line = 0.6, thickest_line = 4.0;    ///< points
  double caption_font = 11.0;                         ///< points up to 50 nodes; larger pictures have larger captions
};

/// A theme that needs no file.
struct BuiltInTheme {
  std::string_view name, summary;
  Theme (*make)();
};
std::span<const BuiltInTheme> themes();

/// A key of a theme file beside `base` and `clusters`, and what it holds.
struct ThemeKey {
  std::string_view name, summary;
};
std::span<const ThemeKey> theme_keys();

/// The theme that a TOML text describes: `base` names a built-in one, "light" if there is none, and every other key
/// changes a part of it. `file` is for messages. Fails (input) with line: no TOML, unknown keys, colours that are not
/// "#RRGGBB", numbers out of range, sizes whose smallest is above the largest, font names with other characters than
/// letters, digits, blanks and hyphens.
Result<Theme> parse_theme(std::string_view toml, const std::string& file);

/// The built-in theme of that name, or the one of a file whose name ends in `.toml`. Fails as above, (usage) if it is
/// neither, (io) if the file cannot be read.
Result<Theme> find_theme(const std::string& name_or_file);

}  // namespace coinvest
