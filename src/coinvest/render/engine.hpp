// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "coinvest/render/drawing.hpp"

namespace coinvest {

struct Engine {
  std::string_view name, summary;
};

/// The layout engines of Graphviz that serve these drawings. Not among them: circo, which takes minutes at 200 nodes.
inline constexpr std::array<Engine, 6> engines{{
    {"sfdp", "springs on several scales: the default, good to 10,000 nodes"},
    {"osage", "rows of boxes: the default for boxed clusters, good to 600 nodes"},
    {"fdp", "springs that keep boxes apart; with boxes no two pictures are the same"},
    {"dot", "columns: the default for investors beside companies, good to 40 nodes"},
    {"neato", "springs in full: even distances, good to 300 nodes"},
    {"twopi", "rings around the centre"},
}};

/// The row of a name; nullptr if there is none.
constexpr const Engine* find_engine(std::string_view name) {
  for (const Engine& engine : engines) {
    if (engine.name == name) return &engine;
  }
  return nullptr;
}

/// True if its nodes have places already, so that an engine only draws.
bool is_placed(const Drawing& drawing);

/// The engine for a drawing: `neato` if it is placed, `osage` for boxed clusters up to 600 nodes, `dot` for both sides
/// up to 40 nodes, else `sfdp`.
std::string_view choose_engine(const Drawing& drawing);

}  // namespace coinvest
