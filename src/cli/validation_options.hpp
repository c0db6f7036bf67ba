// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "cli/options.hpp"
#include "coinvest/ties/validate.hpp"

namespace coinvest::cli {

/// Whether and how ties are tested against chance.
class ValidationOptions {
 public:
  explicit ValidationOptions(CLI::App& app);
  /// Nothing if no test was asked for.
  std::optional<TieValidation> wanted(TieBy by) const;
  /// Fails (usage) on an alpha outside (0, 1), and on ties of a window, before any work.
  Result<void> check(const GraphOptions& graph) const;
  void describe(Parameters& parameters) const;

 private:
  std::optional<Validation> with_;
  std::optional<double> alpha_;
  ValidateOptions options_;
};

}  // namespace coinvest::cli
