// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "cli/options.hpp"
#include "coinvest/queries/panel.hpp"

namespace coinvest::cli {

/// --windows, --window and --step: windows of whole years, one after the other.
class YearWindows {
 public:
  /// `purpose` ends the help of --windows.
  YearWindows(CLI::App& app, const std::string& purpose);

  bool wanted() const { return ends_.has_value(); }
  std::vector<PanelWindow> windows() const;
  void describe(Parameters& parameters) const;
  CLI::Option* option() const { return windows_; }

 private:
  std::optional<DayRange> ends_;
  std::uint64_t years_ = 5, step_ = 1;
  CLI::Option* windows_;
};

}  // namespace coinvest::cli
