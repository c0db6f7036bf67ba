// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/concentration.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

const Choices<SpreadOver> spreads{{"sector", SpreadOver::sector}, {"stage", SpreadOver::stage}};

class Concentration final : public Task {
 public:
  explicit Concentration(CLI::App& app) : query_(app) {
    CLI::Option* by = add_choice(app, "--by", over_, spreads, "What companies are told apart by");
    CLI::Option* investor = app.add_option("--investor", investor_, "Compare this investor's portfolio with all others")
                                ->type_name("NAME")
                                ->excludes(by);
    app.add_option("--company", company_, "List who holds other companies of this one's sector")
        ->type_name("NAME")
        ->excludes(by)
        ->excludes(investor);
  }

  Result<void> run(Session& session) override {
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      if (!investor_.empty()) {
        parameters.emplace_back("investor", investor_);
        return portfolio_overlap(deals, investor_);
      }
      if (!company_.empty()) {
        parameters.emplace_back("company", company_);
        return rival_overlap(deals, company_);
      }
      parameters.emplace_back("by", std::string(word_of(spreads, over_)));
      return concentration_table(deals, over_);
    });
  }

 private:
  TableQuery query_;
  SpreadOver over_ = SpreadOver::sector;
  std::string investor_, company_;
};

}  // namespace

std::unique_ptr<Task> make_concentration(CLI::App& app) {
  return std::make_unique<Concentration>(app);
}

}  // namespace coinvest::cli
