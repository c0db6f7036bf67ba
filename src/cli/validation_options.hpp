// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "cli/options.hpp"
#include "coinvest/ties/validate.hpp"

namespace coinvest::cli {

/// Whether and how ties are tested against chance.
class ValidationOptions {
 public:
  explicit ValidationOptions(CLI::App& app);
  /// Nothing if no test was asked for.
  std::optional<TieValidation> wanted(TieBy by) const;
  /// Fails (usage) before any work: on an alpha outside (0, 1), ties of a window, and options that change nothing.
  Result<void> check(const GraphOptions& graph) const;
  void describe(Parameters& parameters) const;

 private:
  std::optional<Validation> with_;
  std::optional<double> alpha_;
  ValidateOptions options_;
  std::vector<CLI::Option*> of_tests_;
};

}  // namespace coinvest::cli
