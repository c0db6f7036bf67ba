// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "cli/command.hpp"
#include "cli/fonts.hpp"
#include "cli/interruption.hpp"
#include "cli/options.hpp"
#include "cli/version.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/layout.hpp"
#include "coinvest/render/theme.hpp"

namespace coinvest::cli {
namespace {

/// One thing that the program uses, and whether it is there.
struct Finding {
  std::string part, name, state, details;
};

constexpr std::string_view ok = "ok";
constexpr std::string_view missing = "missing";

/// Draws two nodes: what counts is not that a program is there, but that it answers.
Finding try_drawing(std::string part, std::string name, const LayoutOptions& options, const Context& context) {
  const Tidying tidying;
  const auto picture = run_layout("graph \"probe\" { \"a\" -- \"b\" }", options, context);
  if (picture)
    return {std::move(part), std::move(name), std::string(ok), fmt::format("{} bytes drawn", picture->size())};
  return {std::move(part), std::move(name), std::string(missing), picture.error().message};
}

/// What Chinese names are drawn in.
Finding chinese_font() {
  const std::string fonts = Theme{}.fonts;
  const auto font = installed_font(fonts);
  if (font && *font) return {"font", "Chinese", std::string(ok), **font};
  return {"font", "Chinese", std::string(missing),
          fmt::format("{}; on Debian: apt install fonts-noto-cjk", font ? "none of " + fonts : font.error().message)};
}

std::string vector_units() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f")) return "AVX-512";
  if (__builtin_cpu_supports("avx2")) return "AVX2";
#endif
  return "128 bits";
}

class Doctor final : public Task {
 public:
  explicit Doctor(CLI::App& app) : output_(app) {}

  Result<void> run(Session& session) override {
    std::vector<Finding> findings{{"program", "coinvest", std::string(ok), COINVEST_VERSION}};
    for (const auto& [name, version] : libraries()) findings.push_back({"library", name, std::string(ok), version});
    findings.push_back({"machine", "threads", std::string(ok), fmt::format("{}", std::thread::hardware_concurrency())});
    findings.push_back({"machine", "vectors", std::string(ok), vector_units()});
    const auto program = find_program(LayoutOptions{}.program);
    findings.push_back({"drawings", "Graphviz", std::string(program ? ok : missing),
                        program.value_or("no dot in PATH; on Debian: apt install graphviz")});
    if (program) try_engines(findings, session.context);

    Table table;
    table.name = "doctor";
    const auto absent = std::ranges::count(findings, missing, &Finding::state);
    table.caption = absent == 0 ? std::string("Everything that coinvest can use is there")
                                : fmt::format("{} of {} parts are missing", absent, findings.size());
    if (!program) table.notes.push_back("without Graphviz everything but pictures works; DOT is written, too");
    fill<Finding>(table, findings,
                  {{{"part"}, [](const Finding& row) { return Cell{row.part}; }},
                   {{"name"}, [](const Finding& row) { return Cell{row.name}; }},
                   {{"state"}, [](const Finding& row) { return Cell{row.state}; }},
                   {{"details", Shown::wrapped}, [](const Finding& row) { return Cell{row.details}; }}});
    return output_.write(std::move(table), {});
  }

 private:
  /// Engines, kinds of pictures, and the font of names that are not Latin.
  static void try_engines(std::vector<Finding>& findings, const Context& context) {
    for (const Engine& engine : engines) {
      LayoutOptions options;
      options.engine = engine.name;
      findings.push_back(try_drawing("engine", std::string(engine.name), options, context));
    }
    constexpr std::array<std::pair<const char*, ImageFormat>, 3> pictures{
        {{"svg", ImageFormat::svg}, {"png", ImageFormat::png}, {"pdf", ImageFormat::pdf}}};
    for (const auto& [name, format] : pictures) {
      LayoutOptions options;
      options.format = format;
      findings.push_back(try_drawing("picture", name, options, context));
    }
    findings.push_back(chinese_font());
  }

  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Task> make_doctor(CLI::App& app) {
  return std::make_unique<Doctor>(app);
}

}  // namespace coinvest::cli
