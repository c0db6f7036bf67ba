// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// An SVG drawing fit to stand inside an HTML page: one svg element without prolog, comments and ids (several drawings
/// share the page), without fixed size but never shown larger than drawn. Tooltips of Graphviz (xlink:title) become
/// title elements, its technical titles go. Fails (engine): anything but shapes and text, any link, handler or entity
/// declaration: drawings of ours hold none, so that one who holds some was tampered with.
Result<std::string> inline_svg(std::string_view svg);

}  // namespace coinvest
