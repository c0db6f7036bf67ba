// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace coinvest {

/// A strong colour for borders, lines and boxes, and a pale one of the same hue on which black text is readable.
struct Hue {
  std::string_view strong, pale;
};

/// How drawings look. Colour is never the only sign: shapes tell the sides, borders the states, numbers the clusters.
struct Style {
  std::string_view engine = {};  ///< "": as `choose_engine` says; stands in the DOT, so that any `dot` follows it
  std::string_view fonts = "Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif";
  std::string_view background = "#FFFFFF";
  std::string_view text = "#1A1A1A";
  std::string_view line = "#5F6B7A";           ///< edges between clusters, or all without clusters
  std::string_view line_opacity = "80";        ///< hex, of edges: 50 %
  std::string_view dense_line_opacity = "59";  ///< of drawings with more than two edges per node: 35 %
  std::string_view dormant_fill = "#D0D0D0";

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

  double smallest_width = 0.15, largest_width = 1.0;  ///< of ellipses, inches
  double smallest_font = 10.0, largest_font = 20.0;   ///< points
  double thinnest_line = 0.6, thickest_line = 4.0;    ///< points
  double caption_font = 11.0;                         ///< points up to 50 nodes; larger pictures have larger captions
};

}  // namespace coinvest
