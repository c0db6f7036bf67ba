// SPDX-License-Identifier: Apache-2.0
#include "cli/claims_option.hpp"

namespace coinvest::cli {

ClaimsOption::ClaimsOption(CLI::App& app, As as) {
  if (as == As::argument)
    app.add_option("file", path_, "Statements as queries, in TOML")->type_name("FILE.toml")->required();
  else
    app.add_option("--claims", path_, "Statements as queries, in TOML, held against the same data")
        ->type_name("FILE.toml");
}

Result<ClaimsFile> ClaimsOption::load(const Selection& asked) const {
  auto file = read_claims(path_);
  if (!file) return file;
  if (asked.known_by) file->known_by.insert(*asked.known_by);
  if (asked.as_of)
    for (Claim& claim : file->claims) claim.selection.as_of = asked.as_of;
  return file;
}

}  // namespace coinvest::cli
