// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/measure_options.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/paths.hpp"
#include "coinvest/queries/portrait.hpp"

namespace coinvest::cli {
namespace {

enum class As : std::uint8_t { investor, company };
const Choices<As> roles{{"investor", As::investor}, {"company", As::company}};

class ProfileTask final : public Task {
 public:
  explicit ProfileTask(CLI::App& app) : query_(app) {
    app.get_option("dataset")->required()->expected(1)->allow_extra_args(false);  // or it would take the name, too
    app.add_option("NAME", name_, "An investor or a company")->type_name("NAME")->required();
    add_choice<As>(app, "--as", as_, roles, "Which of the two, if the name is both (default: investor)");
    app.add_option("--measure", measures_,
                   "Of an investor: its ranks by these of coinvest measures, too, on every graph that has them")
        ->type_name("NAME,...");
  }

  Result<void> run(Session& session) override {
    return query_.run_for_tables(session, [&](const Deals& deals, Parameters& parameters) {
      parameters.emplace_back("name", name_);
      if (!measures_.empty()) parameters.emplace_back("measure", measures_);
      return answer(deals, session.context);
    });
  }

 private:
  Result<std::vector<Table>> answer(const Deals& deals, const Context& context) const {
    const auto investor = counted_investor(deals, name_);
    const auto company = company_called(*deals.data, name_);
    if (as_ == As::company || (!as_ && !investor && company)) {
      if (!company) return tl::unexpected(company.error());
      if (!measures_.empty())
        return fail(ErrorKind::usage,
                    "--measure ranks investors; coinvest centrality --side companies ranks companies");
      return company_portrait(deals, *company);
    }
    if (!investor) return tl::unexpected(as_ ? investor.error() : nobody_called(*deals.data, name_));
    std::vector<const Measure*> also;
    if (!measures_.empty()) {
      auto called = measures_called(measures_);
      if (!called) return tl::unexpected(called.error());
      also = std::move(*called);
    }
    const Bipartite bipartite = build_bipartite(deals);
    const auto graph = build_coinvestment(deals, bipartite, {}, context);
    if (!graph) return tl::unexpected(graph.error());
    auto tables = investor_portrait(deals, bipartite, *graph, *investor, also, context);
    if (tables && !as_ && company)
      tables->front().notes.emplace_back("there is a company of this name, too: --as company");
    return tables;
  }

  TableQuery query_;
  std::string name_, measures_;
  std::optional<As> as_;
};

}  // namespace

std::unique_ptr<Task> make_profile(CLI::App& app) {
  return std::make_unique<ProfileTask>(app);
}

}  // namespace coinvest::cli
