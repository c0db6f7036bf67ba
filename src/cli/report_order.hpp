// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/report_content.hpp"

namespace coinvest::cli {

/// A report as a command line, a batch file or a manifest asks for it.
struct ReportOrder {
  std::string folder;                 ///< below that of the batch; "": named after its slice
  std::vector<std::string> paths;     ///< of the data sets
  std::vector<std::string> datasets;  ///< their names in the report
  std::vector<std::string> options;   ///< "--sector=gpu", as `coinvest report` knows them
  Place where;                        ///< in the batch file
};

/// The options given that shape results: "--sector=gpu", in the order of help.
std::vector<std::string> given_options(const CLI::App& app);

/// Whether an option says how a report is made, and nothing about what is in it: --threads, -o, ...
bool is_of_running(std::string_view long_name);

/// An order whose options were understood.
class ParsedOrder {
 public:
  ParsedOrder() : options(app_), run_(app_) {}
  /// Fails (input) at what `coinvest report` would not take.
  Result<void> parse(const ReportOrder& order);
  std::uint64_t seed() const { return run_.seed(); }
  /// What the data set depends on: orders of the same key read the same.
  std::vector<std::string> dataset_key() const;
  const CLI::App& app() const { return app_; }

 private:
  CLI::App app_;

 public:
  ReportOptions options;

 private:
  RunOptions run_;
};

/// Replaces what a file option names ("--claims=a.toml") by what `found` says of it.
std::vector<std::string> with_files(std::vector<std::string> options,
                                    const std::function<std::string(const std::string&)>& found);

}  // namespace coinvest::cli
