// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "coinvest/queries/claims.hpp"
#include "coinvest/report/format.hpp"

namespace coinvest::cli {

/// A file of claims: as the option --claims, or as the first argument.
class ClaimsOption {
 public:
  enum class As : std::uint8_t { argument, option };

  explicit ClaimsOption(CLI::App& app, As as);
  bool is_given() const { return !path_.empty(); }
  const std::string& path() const { return path_; }
  /// The claims; an as-of day that was `asked` takes the place of the file's, a day of knowledge is added to its days.
  Result<ClaimsFile> load(const Selection& asked) const;

 private:
  std::string path_;
};

}  // namespace coinvest::cli
