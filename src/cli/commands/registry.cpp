// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/registry.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/leaving.hpp"

namespace coinvest::cli {
namespace {

class Registry final : public Task {
 public:
  explicit Registry(CLI::App& app) : input_(app), selection_(app), run_(app), output_(app) {}

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = select(*data, selection_.selection);
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    return output_.write(registry_table(deals, registry_events(deals)), parameters);
  }

 private:
  InputOptions input_;
  SelectionOptions selection_;
  RunOptions run_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Task> make_registry(CLI::App& app) {
  return std::make_unique<Registry>(app);
}

}  // namespace coinvest::cli
