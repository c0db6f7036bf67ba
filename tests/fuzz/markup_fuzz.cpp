// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <pugixml.hpp>
#include <set>

#include "../html_balance.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/report/chart.hpp"
#include "coinvest/report/report.hpp"

namespace {

using namespace coinvest;

MarkChart marks_of(const std::string& name) {
  return {name, {{name, name}}, {{name, {Mark::dot}}}, {{Mark::dot, name}}, {name}};
}

StepChart steps_of(const std::string& name) {
  return {name, name, name, {{name, {{0, 1, {}, {}}, {1, 0.5, 0.4, 0.6}}, 2, 1.0}}, {name}};
}

/// Elements and attributes of a picture, as paths from its root. Aborts if it is not XML.
std::set<std::string> parts_of(const std::string& svg) {
  pugi::xml_document document;
  if (!document.load_buffer(svg.data(), svg.size(), pugi::parse_full)) std::abort();
  std::set<std::string> parts;
  for (const pugi::xpath_node& found : document.select_nodes("//node() | //@*"))
    parts.insert(found.attribute() ? found.parent().path() + "@" + found.attribute().name() : found.node().path());
  return parts;
}

std::string page_of(const std::string& name) {
  const Table table{name, name, {{"name"}}, {{name}}, {{"x", name}}, {name}};
  ReportContent content;
  content.title = content.finding = name;
  content.figures = {{name, name}};
  content.sections = {{name, name, {name}, {{name, {name}, "graph {}\n", ""}}, {table}}};
  content.methods = {name};
  content.parameters = {{name, name}};
  return report_files(content, "1.0").value().front().bytes;
}

}  // namespace

/// A name adds nothing to a picture but text, and leaves a page whole and without characters that are no text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::set<std::string> marks = parts_of(chart_svg(marks_of("x"))),
                                     steps = parts_of(chart_svg(steps_of("x")));
  const std::string name(reinterpret_cast<const char*>(data), size);
  if (first_invalid_utf8(name) || trim(name).empty()) return 0;
  const std::string mark_chart = chart_svg(marks_of(name)), step_chart = chart_svg(steps_of(name));
  for (const auto& [svg, expected] : {std::pair(&mark_chart, &marks), std::pair(&step_chart, &steps)}) {
    for (const std::string& part : parts_of(*svg))
      if (!expected->contains(part)) std::abort();
  }
  const std::string page = page_of(name);
  if (!tests::html_problem(page).empty()) std::abort();
  for (const std::string& text : {mark_chart, step_chart, page}) {
    for (const char c : text)
      if (static_cast<unsigned char>(c) < 0x20 && c != '\n') std::abort();
    if (text.find("\uFFFE") != std::string::npos || text.find("\uFFFF") != std::string::npos) std::abort();
  }
  return 0;
}
