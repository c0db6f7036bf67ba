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
  explicit Exits(CLI::App& app) : query_(app) { add_choice(app, "--view", view_, view_choices(), "What is listed"); }

  Result<void> run(Session& session) override {
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      parameters.emplace_back("view", std::string(view_->name));
      return view_->make(deals, exit_events(deals));
    });
  }

 private:
  TableQuery query_;
  const ExitView* view_ = find_exit_view("events");
};

}  // namespace

std::unique_ptr<Task> make_exits(CLI::App& app) {
  return std::make_unique<Exits>(app);
}

}  // namespace coinvest::cli
