// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/explain.hpp"

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/measure_options.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/paths.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest::cli {
namespace {

enum class What : std::uint8_t { pair, rank, exit };
const Choices<What> kinds{{"pair", What::pair}, {"rank", What::rank}, {"exit", What::exit}};
const Choices<RankedSide> sides{{"investors", RankedSide::investors}, {"companies", RankedSide::companies}};

class Explain final : public Task {
 public:
  explicit Explain(CLI::App& app) : query_(app), graph_(app) {
    app.get_option("dataset")->required()->expected(1)->allow_extra_args(false);  // or it would take the words, too
    add_choice(app, "WHAT", what_, kinds,
               "pair A B: the tie of two investors; rank NAME: a rank by --measure; exit COMPANY [INVESTOR]: an exit")
        ->required();
    app.add_option("NAME", names_, "One or two names, as WHAT says")->type_name("NAME")->required()->expected(1, 2);
    of_ranks_ = {app.add_option("--measure", measure_, "Of rank: the name of one of coinvest measures")
                     ->type_name("NAME")
                     ->capture_default_str(),
                 add_choice(app, "--graph", kind_, graph_choices(), "Of rank: which graph is measured"),
                 add_choice<RankedSide>(app, "--side", side_, sides,
                                        "Of rank: among whom, if the name is both (default: investors)")};
    const std::vector<CLI::Option*> of_params = add_measure_params(app, params_);
    of_ranks_.insert(of_ranks_.end(), of_params.begin(), of_params.end());
    not_of_exits_ = app.get_options([](const CLI::Option* option) { return option->get_group() == "Graph"; });
    not_of_exits_.push_back(add_count(app, "--most", most_, 1, UINT32_MAX,
                                      "Of pair and rank: compute it again without each of so many rounds, the nearest "
                                      "first"));
    not_of_exits_.back()->default_str(std::to_string(most_));
  }

  Result<void> run(Session& session) override {
    if (auto good = check(); !good) return good;
    return query_.run_for_tables(
        session, [&](const Deals& deals, Parameters& parameters) -> Result<std::vector<Table>> {
          parameters.emplace_back("what", std::string(word_of(kinds, what_)));
          parameters.emplace_back(names_.size() == 1 ? "name" : "names",
                                  names_.size() == 1 ? names_[0] : fmt::format("{}; {}", names_[0], names_[1]));
          if (what_ == What::exit) return exit(deals);
          parameters.emplace_back("most", static_cast<std::int64_t>(most_));
          if (what_ == What::rank) return rank(deals, parameters, session.context);
          graph_.describe(parameters, GraphKind::coinvest);
          const auto a = counted_investor(deals, names_[0]);
          if (!a) return tl::unexpected(a.error());
          const auto b = counted_investor(deals, names_[1]);
          if (!b) return tl::unexpected(b.error());
          return explain_pair(deals, *graph_.ties(), *a, *b, most_, session.context);
        });
  }

 private:
  Result<void> check() const {
    if (what_ == What::pair && names_.size() != 2)
      return fail(ErrorKind::usage, "pair takes the names of two investors: explain DATASET pair A B");
    if (what_ == What::rank && names_.size() != 1)
      return fail(ErrorKind::usage, "rank takes one name: explain DATASET rank NAME --measure NAME");
    const auto refuse = [&](const std::vector<CLI::Option*>& options) -> Result<void> {
      for (const CLI::Option* option : options)
        if (option->count() > 0)
          return fail(ErrorKind::usage, fmt::format("{} changes nothing about {}; leave it out", option->get_name(),
                                                    what_ == What::exit ? "an exit" : "a tie"));
      return {};
    };
    if (what_ != What::rank)
      if (auto good = refuse(of_ranks_); !good) return good;
    if (what_ == What::exit)
      if (auto good = refuse(not_of_exits_); !good) return good;
    if (what_ == What::pair)
      if (const auto ties = graph_.ties(); !ties) return tl::unexpected(ties.error());
    return {};
  }

  Result<std::vector<Table>> rank(const Deals& deals, Parameters& parameters, const Context& context) const {
    const auto measure = measure_called(measure_);
    if (!measure) return tl::unexpected(measure.error());
    parameters.emplace_back("measure", measure_);
    parameters.emplace_back("graph", std::string(word_of(graph_choices(), kind_)));
    describe_measure_params(params_, parameters);
    graph_.describe(parameters, kind_);
    const auto who = ranked(deals);
    if (!who) return tl::unexpected(who.error());
    if (!who->investor && kind_ == GraphKind::coinvest)
      return fail(ErrorKind::usage, "the co-investment graph has investors alone");
    const auto again = [&](const Deals& rest, const Context& inside) -> Result<Table> {
      const auto graph = AnyGraph::build(rest, kind_, graph_, inside);
      if (!graph) return tl::unexpected(graph.error());
      auto table =
          ranking(graph->named(*rest.data), std::span(&*measure, 1),
                  who->investor ? RankedSide::investors : RankedSide::companies, Normalised::no, params_, inside);
      if (table) graph->note_left_out(*table);
      return table;
    };
    auto tables = explain_rank(deals, **measure, *who, again, most_, context);
    if (tables && !side_ && who->investor && company_called(*deals.data, names_[0]))
      tables->front().notes.emplace_back("there is a company of this name, too: --side companies");
    return tables;
  }

  Result<Ranked> ranked(const Deals& deals) const {
    const auto investor = counted_investor(deals, names_[0]);
    const auto company = company_called(*deals.data, names_[0]);
    if (side_ == RankedSide::companies || (!side_ && !investor && company)) {
      if (!company) return tl::unexpected(company.error());
      return Ranked{{}, *company};
    }
    if (!investor) return tl::unexpected(investor.error());
    return Ranked{*investor, {}};
  }

  Result<std::vector<Table>> exit(const Deals& deals) const {
    const auto company = company_called(*deals.data, names_[0]);
    if (!company) return tl::unexpected(company.error());
    if (names_.size() == 1) return explain_exit(deals, *company, {});
    const auto investor = counted_investor(deals, names_[1]);
    if (!investor) return tl::unexpected(investor.error());
    return explain_exit(deals, *company, *investor);
  }

  TableQuery query_;
  GraphOptions graph_;
  What what_ = What::pair;
  std::vector<std::string> names_;
  std::string measure_ = "degree";
  GraphKind kind_ = GraphKind::bipartite;
  std::optional<RankedSide> side_;
  MeasureParams params_;
  std::uint64_t most_ = 100;
  std::vector<CLI::Option*> of_ranks_, not_of_exits_;
};

}  // namespace

std::unique_ptr<Task> make_explain(CLI::App& app) {
  return std::make_unique<Explain>(app);
}

}  // namespace coinvest::cli
