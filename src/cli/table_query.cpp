// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

namespace coinvest::cli {

TableQuery::TableQuery(CLI::App& app, SelectionOptions::Without without, Charts charts)
    : input_(app), selection_(app, without), run_(app), output_(app, charts) {}

Result<void> TableQuery::with_deals(Session& session,
                                    const std::function<Result<void>(const Deals&, Parameters&)>& use) const {
  run_.apply(session);
  const auto data = input_.load(session);
  if (!data) return tl::unexpected(data.error());
  const Deals deals = selection_.apply(*data, session);
  Parameters parameters;
  input_.describe(parameters);
  selection_.describe(parameters);
  return use(deals, parameters);
}

Result<void> TableQuery::run(Session& session,
                             const std::function<Result<Table>(const Deals&, Parameters&)>& answer) const {
  return with_deals(session, [&](const Deals& deals, Parameters& parameters) -> Result<void> {
    auto table = answer(deals, parameters);
    if (!table) return tl::unexpected(table.error());
    return output_.write(std::move(*table), parameters);
  });
}

Result<void> TableQuery::run_in_parts(
    Session& session, const std::function<Result<void>(const Deals&, Parameters&, const TakeTable&)>& answer) const {
  return with_deals(session, [&](const Deals& deals, Parameters& parameters) {
    return output_.write_parts(parameters, [&](const TakeTable& take) { return answer(deals, parameters, take); });
  });
}

Result<void> TableQuery::run_for_tables(
    Session& session, const std::function<Result<std::vector<Table>>(const Deals&, Parameters&)>& answer) const {
  return with_deals(session, [&](const Deals& deals, Parameters& parameters) -> Result<void> {
    auto tables = answer(deals, parameters);
    if (!tables) return tl::unexpected(tables.error());
    return output_.write(std::move(*tables), parameters);
  });
}

}  // namespace coinvest::cli
