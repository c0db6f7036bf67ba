// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"

namespace coinvest {

enum class ImageFormat : std::uint8_t { svg, png, pdf, laid_out_dot };

/// Who says where the nodes are: the engine, or the DOT text, as that of a placed drawing does.
enum class Places : std::uint8_t { found, given };

struct LayoutOptions {
  std::string engine = "sfdp";  ///< of render/engine.hpp; a `layout` in the DOT text stands before it
  ImageFormat format = ImageFormat::svg;
  Places places = Places::found;
  std::string program = "dot";  ///< Graphviz: a name that PATH resolves, or a path
  std::chrono::milliseconds deadline{60'000};
  unsigned dpi = 144;  ///< of PNG, 36 to 1200; the picture shrinks rather than exceed 8,000 pixels a side
};

/// The program's path as PATH of the environment resolves it; only absolute folders count. A name with a slash is taken
/// as it is. Nothing if there is no such executable.
std::optional<std::string> find_program(const std::string& name);

/// The version of Graphviz that would draw: "2.43.0". Fails (engine, io, cancelled) as run_layout.
Result<std::string> graphviz_version(const Context& context);

/// The families of the installed fonts as fontconfig's `fc-list` prints them: a font per line, its names between
/// commas. Fails (engine, io, cancelled) as run_layout.
Result<std::string> font_families(const Context& context);

/// Draws DOT text with Graphviz in a process of its own, without a shell: returns the picture's bytes, checked to be a
/// whole picture of that format. SVG comes back through `safe_svg`. The process gets a process group, a small
/// environment and limits on CPU time, memory and files; it is waited for, and whatever it
/// started is killed, before this returns, whatever happens. Same bytes for one version of Graphviz and one set of
/// fonts. Fails (usage): unknown engine, dpi out of range; (engine): no Graphviz, no answer by the deadline, a failure
/// of the program (the message ends with the last line that it said), half a picture; (limit): a picture above 1 GiB;
/// (cancelled): the stop flag, seen within 50 ms; (io): no pipe or process to be had.
Result<std::string> run_layout(std::string_view dot, const LayoutOptions& options, const Context& context);

}  // namespace coinvest
