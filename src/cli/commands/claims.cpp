// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/claims.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "cli/claims_option.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

class ClaimsTask final : public Task {
 public:
  explicit ClaimsTask(CLI::App& app) : file_(app, ClaimsOption::As::argument), input_(app), run_(app), output_(app) {
    app.get_option("dataset")->description("In the place of the data set that the file names");
    app.add_option("--claim", id_, "Only the claim of this id")->type_name("ID");
    app.add_flag("--rows", list_rows_, "List the rows that each answer rests on");
    add_day(app, "--as-of", asked_.as_of, DateEnd::last, "In the place of the file's: nothing later has happened");
    add_day(app, "--known-by", asked_.known_by, DateEnd::last, "One more day of knowledge besides those of the file");
    std::string kinds = "Kinds of claims, with the keys that each needs:\n";
    for (const ClaimKind& kind : claim_kinds())
      kinds += fmt::format("  {:<18} {}{}\n", kind.name, kind.summary,
                           kind.needs.empty() ? std::string() : fmt::format(" ({})", kind.needs));
    app.footer(kinds + "docs/claims.md explains the file.");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    auto file = file_.load(asked_);
    if (!file) return tl::unexpected(file.error());
    if (auto chosen = choose(*file); !chosen) return chosen;
    if (input_.paths.empty()) input_.paths = file->dataset;
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    auto table = list_rows_ ? claim_rows_table(*data, *file) : claims_table(*data, *file);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    parameters.emplace_back("claims", std::filesystem::path(file_.path()).filename().string());
    if (asked_.as_of) parameters.emplace_back("as_of", format_day(*asked_.as_of));
    return output_.write(std::move(*table), parameters);
  }

 private:
  Result<void> choose(ClaimsFile& file) const {
    if (id_.empty()) return {};
    std::vector<std::string_view> ids;
    for (const Claim& claim : file.claims) ids.push_back(claim.id);
    if (std::find(ids.begin(), ids.end(), id_) == ids.end())
      return fail(ErrorKind::usage, fmt::format("no claim has the id '{}'; there are {}{}", id_, fmt::join(ids, ", "),
                                                did_you_mean(id_, ids)));
    std::erase_if(file.claims, [&](const Claim& claim) { return claim.id != id_; });
    return {};
  }

  ClaimsOption file_;
  InputOptions input_;
  RunOptions run_;
  OutputOptions output_;
  Selection asked_;
  std::string id_;
  bool list_rows_ = false;
};

}  // namespace

std::unique_ptr<Task> make_claims(CLI::App& app) {
  return std::make_unique<ClaimsTask>(app);
}

}  // namespace coinvest::cli
