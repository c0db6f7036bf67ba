// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/following.hpp"

namespace coinvest::cli {
namespace {

Choices<const FollowView*> view_choices() {
  Choices<const FollowView*> choices;
  for (const FollowView& view : follow_views()) choices.emplace_back(view.name, &view);
  return choices;
}

class FollowOnTask final : public Task {
 public:
  explicit FollowOnTask(CLI::App& app) : query_(app, SelectionOptions::Without::nothing, Charts::svg) {
    CLI::Option* view = add_choice(app, "--view", view_, view_choices(), "What is listed");
    app.add_option("--company", company_,
                   "One company: what each of its holders did in each round; also as a picture, svg")
        ->type_name("NAME")
        ->excludes(view);
  }

  Result<void> run(Session& session) override {
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      if (company_.empty()) {
        parameters.emplace_back("view", std::string(view_->name));
        return view_->make(deals, company_timelines(deals));
      }
      const auto company = company_called(*deals.data, company_);
      if (!company) return tl::unexpected(company.error());
      parameters.emplace_back("company", deals.data->name(*company));
      return company_table(deals, company_timelines(deals), *company);
    });
  }

 private:
  TableQuery query_;
  const FollowView* view_ = find_follow_view("investors");
  std::string company_;
};

}  // namespace

std::unique_ptr<Task> make_followon(CLI::App& app) {
  return std::make_unique<FollowOnTask>(app);
}

}  // namespace coinvest::cli
