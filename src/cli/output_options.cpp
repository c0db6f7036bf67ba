// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <optional>

#include "cli/interruption.hpp"
#include "cli/options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/report/chart.hpp"

namespace coinvest::cli {
namespace {

bool is_stdout(const std::string& path) {
  return path == "-" || path == "/dev/stdout";
}

}  // namespace

OutputOptions::OutputOptions(CLI::App& app, Charts charts, To to) : charts_(charts) {
  constexpr const char* group = "Output";
  if (to == To::path)
    app.add_option("-o,--output", path_, "File to write; - is standard output")->type_name("PATH")->group(group);
  std::vector<std::string> names;
  for (const Format& format : table_formats)
    if (to == To::path || format.medium != Medium::file) names.emplace_back(format.name);
  if (charts == Charts::svg) names.emplace_back("svg");
  app.add_option("--format", format_, "Default: the extension of -o, else table on a terminal and csv in a pipe")
      ->type_name(fmt::format("{}", fmt::join(names, "|")))
      ->check([names](const std::string& word) {
        return std::find(names.begin(), names.end(), word) != names.end()
                   ? std::string()
                   : none_of(word, fmt::format("{}", fmt::join(names, "|")));
      })
      ->group(group);
  add_count(app, "--top", top_, 1, UINT32_MAX, "Only the first N rows")->group(group);
  app.add_flag("-O,--overwrite", overwrite_, "Replace an existing file")->group(group);
  app.add_flag("--excel-safe", excel_safe_, "In CSV, put ' before text that a spreadsheet would run as a formula")
      ->group(group);
  app.add_flag("--no-color", no_colour_, "No colours on the terminal")->group(group);
  app.final_callback([this] {  // before the work, not after it
    const std::string extension = std::filesystem::path(path_).extension().string();
    if (format_.empty() && !extension.empty() && wanted_format().empty())
      throw CLI::ValidationError("-o", fmt::format("'{}' is no extension of a table; say --format", extension));
    const Format* asked = find_format(format_);  // svg is none of them
    if (asked != nullptr && asked->medium == Medium::file && is_stdout(path_))
      throw CLI::ValidationError("--format", fmt::format("{} needs a file: -o FILE", format_));
  });
}

std::string OutputOptions::wanted_format() const {
  if (!format_.empty()) return format_;
  if (charts_ == Charts::svg && lower_ascii(path_).ends_with(".svg")) return "svg";
  const Format* by_extension = format_of_path(path_);
  return by_extension != nullptr ? std::string(by_extension->name) : "";
}

bool OutputOptions::on_terminal() const {
  return path_ == "-" && stdout_is_terminal();
}

std::string OutputOptions::format() const {
  const std::string wanted = wanted_format();
  return !wanted.empty() ? wanted : on_terminal() ? "table" : "csv";
}

Result<void> OutputOptions::write_parts(const Parameters& parameters,
                                        const std::function<Result<void>(const TakeTable&)>& make) const {
  std::optional<Table> whole;
  const auto collect = [&](Table part) -> Result<void> {
    if (!whole) {
      whole = std::move(part);
      return {};
    }
    std::ranges::move(part.rows, std::back_inserter(whole->rows));
    std::ranges::move(part.notes, std::back_inserter(whole->notes));
    return {};
  };
  if (format() != "csv") {
    if (auto made = make(collect); !made) return made;
    return whole ? write(std::move(*whole), parameters) : Result<void>();
  }

  FormatOptions options;
  if (excel_safe_) options.excel_safe = ExcelSafe::yes;
  std::optional<Tidying> tidying;
  std::optional<NewFile> file;
  bool begun = false, reader_gone = false;
  std::uint64_t rows = 0;
  const auto append = [&](Table part) -> Result<void> {
    if (!begun && !is_stdout(path_)) {
      tidying.emplace();
      auto opened = NewFile::open(path_, overwrite());
      if (!opened) return tl::unexpected(opened.error());
      file.emplace(std::move(*opened));
    }
    if (top_ != 0 && part.rows.size() > top_ - rows) part.rows.resize(top_ - rows);
    rows += part.rows.size();
    const std::string bytes = begun ? csv_rows(part, options) : write_csv(part, options);
    begun = true;
    if (file) return file->append(bytes);
    const auto written = write_stdout(bytes);
    if (!written) return tl::unexpected(written.error());
    reader_gone = !*written;
    return reader_gone ? Result<void>(cancelled()) : Result<void>();  // nobody wants the other parts
  };
  auto made = make(append);
  if (reader_gone) return {};
  if (!made || !file) return made;
  return file->keep();
}

void OutputOptions::cut(Table& table) const {
  if (top_ == 0 || table.rows.size() <= top_) return;
  table.notes.push_back(fmt::format("{} of {} rows", top_, table.rows.size()));
  table.rows.resize(top_);
}

FormatOptions OutputOptions::format_options(const Parameters& parameters) const {
  const bool terminal = on_terminal();
  FormatOptions options;
  options.width = terminal ? terminal_columns() : 80;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  if (terminal && !no_colour_ && !dumb && (no_color == nullptr || *no_color == '\0')) options.colour = Colouring::on;
  if (excel_safe_) options.excel_safe = ExcelSafe::yes;
  options.tool_version = COINVEST_VERSION;
  options.parameters = parameters;
  return options;
}

Result<void> OutputOptions::write(Table table, const Parameters& parameters) const {
  cut(table);
  const std::string format = this->format();
  if (format == "svg") {
    if (!table.chart) return fail(ErrorKind::usage, "this table cannot be drawn as svg");
    return deliver(path_, chart_svg(*table.chart), overwrite());
  }
  const auto bytes = find_format(format)->write(table, format_options(parameters));
  if (!bytes) return tl::unexpected(bytes.error());
  return deliver(path_, *bytes, overwrite());
}

Result<void> OutputOptions::write(std::vector<Table> tables, const Parameters& parameters) const {
  std::ranges::for_each(tables, [this](Table& table) { cut(table); });
  const auto bytes = write_tables(tables, format(), format_options(parameters));
  if (!bytes) return tl::unexpected(bytes.error());
  return deliver(path_, *bytes, overwrite());
}

Result<void> OutputOptions::write_beside(const std::string& path, const Table& table) const {
  FormatOptions options;
  if (excel_safe_) options.excel_safe = ExcelSafe::yes;
  return deliver(path, write_csv(table, options), overwrite());
}

Result<void> deliver(const std::string& path, std::string_view bytes, Overwrite overwrite) {
  const auto produce = [bytes](const Sink& sink) -> Result<void> {
    sink(bytes);
    return {};
  };
  return deliver(path, produce, overwrite);
}

Result<void> deliver(const std::string& path, const std::function<Result<void>(const Sink&)>& produce,
                     Overwrite overwrite) {
  if (!is_stdout(path)) {
    const Tidying tidying;
    return write_file(path, produce, overwrite);
  }
  Result<bool> written = true;
  auto produced = produce([&](std::string_view bytes) {
    if (written && *written) written = write_stdout(bytes);
  });
  if (!written) return tl::unexpected(written.error());
  return produced;
}

}  // namespace coinvest::cli
