// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// An SVG document without its document type and its comments, which name the Graphviz version: what may be put into
/// a page. Fails (engine) if a tag could run or load anything: elements that hold scripts, foreign content or images,
/// `on...` attributes, `javascript:` in any attribute, an `href` that does not point inside the document, entity
/// declarations. Names as text are never looked at: they may well be called "javascript:alert(1)". O(bytes).
Result<std::string> safe_svg(std::string_view svg);

}  // namespace coinvest
