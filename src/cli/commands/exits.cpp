// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/leaving.hpp"

namespace coinvest::cli {
namespace {

Choices<const ExitView*> view_choices() {
  Choices<const ExitView*> choices;
  for (const ExitView& view : exit_views()) choices.emplace_back(view.name, &view);
  return choices;
}

class Exits final : public Task {
 public:
  explicit Exits(CLI::App& app) : input_(app), selection_(app), run_(app), output_(app) {
    add_choice(app, "--view", view_, view_choices(), "What is listed");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    parameters.emplace_back("view", std::string(view_->name));
    return output_.write(view_->make(deals, exit_events(deals)), parameters);
  }

 private:
  InputOptions input_;
  SelectionOptions selection_;
  RunOptions run_;
  OutputOptions output_;
  const ExitView* view_ = find_exit_view("events");
};

}  // namespace

std::unique_ptr<Task> make_exits(CLI::App& app) {
  return std::make_unique<Exits>(app);
}

}  // namespace coinvest::cli
