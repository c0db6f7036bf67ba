// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/render/drawing.hpp"
#include "coinvest/render/theme.hpp"

namespace coinvest {

/// Names and values of Graphviz attributes, values escaped where Graphviz would read them.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// `i12`, `c7`.
std::string node_id(const DrawingNode& node);

/// What a theme makes of the parts of one drawing. Keeps references.
class Look {
 public:
  Look(const Drawing& drawing, const Theme& theme, std::string_view engine, Words words = {});

  // Declared once for all; every attribute that a part sets is among them.
  Attributes graph_defaults() const;
  Attributes node_defaults() const;
  Attributes edge_defaults() const;

  Attributes of(const DrawingNode& node) const;
  Attributes of(const DrawingEdge& edge) const;
  Attributes of_box(std::uint32_t cluster, std::size_t members) const;

 private:
  Attributes of_organisation(const DrawingNode& node) const;
  Attributes of_mark(const DrawingNode& node) const;
  const Hue& hue_of(std::uint32_t cluster) const;
  double pen_width(double weight) const;
  std::string said(const std::string& text) const { return words_ && !text.empty() ? words_(text) : text; }
  std::string line_colour(std::string_view colour, double age) const;

  const Drawing& drawing_;
  const Theme& theme_;
  std::string_view engine_;
  Words words_;
  double lightest_ = 0.0, heaviest_ = 0.0;  ///< logarithms of weights
};

}  // namespace coinvest
