// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/compare.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/profile.hpp"

namespace coinvest::cli {
namespace {

enum class CompareView : std::uint8_t { correlations, movers };
const Choices<CompareView> views{{"correlations", CompareView::correlations}, {"movers", CompareView::movers}};

class Compare final : public Task {
 public:
  explicit Compare(CLI::App& app) : query_(app) {
    add_choice(app, "--view", view_, views, "Rank correlations of each pair, or the investors whose ranks differ most");
    add_count(app, "--window", years_, 1, 200,
              "Years compared, ending with that of the last round; --from and --to take its place")
        ->default_str("5");
  }

  Result<void> run(Session& session) override {
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      const Deals window = select(*deals.data, with_window(deals, static_cast<int>(years_)));
      const auto comparison = compare_profiles(window, session.context);
      if (!comparison) return tl::unexpected(comparison.error());
      parameters.emplace_back("view", std::string(word_of(views, view_)));
      Table table =
          view_ == CompareView::movers ? movers_table(*comparison, *deals.data) : correlations_table(*comparison);
      if (window.selection.from && window.selection.to)
        table.caption +=
            fmt::format(", rounds from {} to {}", format_day(*window.selection.from), format_day(*window.selection.to));
      return table;
    });
  }

 private:
  TableQuery query_;
  CompareView view_ = CompareView::correlations;
  std::uint64_t years_ = 5;
};

}  // namespace

std::unique_ptr<Task> make_compare(CLI::App& app) {
  return std::make_unique<Compare>(app);
}

}  // namespace coinvest::cli
