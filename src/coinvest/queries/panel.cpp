// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "coinvest/base/parallel.hpp"
#include "coinvest/centrality/measures.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// What one window leaves behind: no graph, and of the columns only the investors' part.
struct WindowScores {
  std::vector<InvestorId> investors;
  std::vector<Column> columns;
  std::uint64_t undated_rounds = 0, skipped_groups = 0, undated_ties = 0, unweighed = 0;
};

Result<WindowScores> measure_window(const Dataset& data, Selection selection, const DayRange& days,
                                    std::span<const Measure* const> measures, const PanelOptions& options,
                                    const Context& context) {
  selection.from = days.from;
  selection.to = days.to;
  const Deals deals = select(data, selection);
  const Bipartite bipartite = build_bipartite(deals, options.bipartite);
  std::optional<Coinvestment> ties;
  if (options.graph == GraphKind::coinvest) {
    auto made = build_coinvestment(deals, bipartite, options.ties, context);
    if (!made) return tl::unexpected(made.error());
    ties = std::move(*made);
  }
  WindowScores scores{bipartite.investors, {}, deals.left_out.undated};
  scores.unweighed = bipartite.unknown.edges;
  if (ties) {
    scores.skipped_groups = ties->skipped_groups;
    scores.undated_ties = ties->undated_ties;
  }
  for (const Measure* measure : measures) {
    auto column =
        measure->run(ties ? ties->view() : bipartite.view(), adapted(options.params, options.normalised), context);
    if (!column) return tl::unexpected(column.error());
    const std::size_t n = scores.investors.size();
    column->values.resize(n);
    if (!column->normalised.empty()) column->normalised.resize(n);
    if (!column->error.empty()) column->error.resize(n);
    if (!column->why.empty()) column->why.resize(n);
    scores.columns.push_back(std::move(*column));
  }
  return scores;
}

/// What is printed of one measure: the same in all windows, whatever is in them.
struct Printed {
  bool normalised = false, error = false;
};

/// Whether a measure has a normalised form on a kind of graph: that of a single edge has it, too.
bool has_normalised_form(const Measure& measure, GraphKind kind) {
  constexpr std::array<std::uint64_t, 3> offsets{0, 1, 2};
  constexpr std::array<std::uint32_t, 2> neighbours{1, 0};
  constexpr std::array<double, 2> weights{1, 1};
  const std::uint32_t companies = kind == GraphKind::bipartite ? 1 : 0;
  const auto column = measure.run({kind, 2 - companies, companies, offsets, neighbours, weights}, {}, Context{});
  return column && !column->normalised.empty();
}

/// Whether the betweenness of a window may be an estimate: no window is larger than all of them together.
bool may_be_estimated(const Deals& all, const PanelOptions& options) {
  if (options.params.sources != 0) return true;
  const Bipartite whole = build_bipartite(all);
  const GraphView graph = whole.view();
  if (options.graph == GraphKind::bipartite)
    return static_cast<double>(graph.vertices()) * static_cast<double>(graph.edges()) >
           options.params.betweenness_budget;
  double ties = 0;  // at most: whoever shares a round shares its company
  for (std::uint32_t company = graph.investors; company < graph.vertices(); ++company) {
    const auto holders = static_cast<double>(graph.degree(company));
    ties += holders * (holders - 1) / 2;
  }
  return graph.investors * ties > options.params.betweenness_budget;
}

/// Replaces every defined score by the mean of those of the investor so far; windows come in order.
class Smoother {
 public:
  Smoother(std::size_t measures, std::size_t investors)
      : values_(measures, std::vector<Sum>(investors)), normalised_(values_) {}

  void smooth(WindowScores& window) {
    for (std::size_t m = 0; m < values_.size(); ++m) {
      Column& column = window.columns[m];
      for (std::size_t v = 0; v < window.investors.size(); ++v) {
        const std::size_t investor = index(window.investors[v]);
        values_[m][investor].add_and_replace(column.values[v]);
        if (!column.normalised.empty()) normalised_[m][investor].add_and_replace(column.normalised[v]);
      }
      if (!column.variant.empty()) column.variant += ", mean since the first window";
    }
  }

 private:
  struct Sum {
    double total = 0;
    std::uint32_t count = 0;
    void add_and_replace(double& value) {
      if (std::isnan(value)) return;
      total += value;
      value = total / ++count;
    }
  };
  std::vector<std::vector<Sum>> values_, normalised_;
};

}  // namespace

std::vector<PanelWindow> panel_windows(Day first, Day last, int years, int lag, int history) {
  std::vector<PanelWindow> windows;
  for (int step = -history; plus_years(first, step) <= last; ++step) {
    const int year = static_cast<int>(std::chrono::year_month_day(plus_years(first, step)).year());
    // Both ends are counted from `first`, so that 29 February is in one window only.
    const Day before = plus_years(first, step - lag - years), end = plus_years(first, step - lag);
    windows.push_back({year, {before + std::chrono::days(1), end}});
  }
  return windows;
}

Result<void> panel(const Dataset& data, const Selection& selection, std::span<const PanelWindow> windows,
                   std::span<const Measure* const> measures, const PanelOptions& options, const TakeTable& take,
                   const Context& context) {
  if (auto defined = check_defined(measures, options.graph); !defined) return defined;

  Table head;
  head.name = "panel";
  head.columns = {{"window_from"}, {"window_to"}, detail("id"), {"name"}};
  const bool lagged = std::ranges::any_of(windows, [](const PanelWindow& window) {
    return static_cast<int>(std::chrono::year_month_day(window.days.to).year()) != window.year;
  });
  if (lagged) head.columns.push_back({"year"});
  std::vector<Printed> parts;
  std::string names;
  for (const Measure* measure : measures) {
    const std::string name(measure->name);
    parts.push_back({options.normalised != Normalised::no && has_normalised_form(*measure, options.graph),
                     measure->run == betweenness && may_be_estimated(select(data, unbounded(selection)), options)});
    head.columns.push_back({name});
    if (parts.back().normalised) head.columns.push_back({fmt::format("{}{}", name, suffix_of(options.normalised))});
    if (parts.back().error) head.columns.push_back({name + "_se"});
    head.columns.push_back(detail(name + "_why"));
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  const std::size_t listed = windows.size() - options.history;
  head.caption = fmt::format("{} of investors on the {} graph of each of {} window{}", names,
                             options.graph == GraphKind::bipartite ? "bipartite" : "co-investment", listed,
                             listed == 1 ? "" : "s");

  const auto rows_of = [&](const WindowScores& scores, const PanelWindow& window) {
    std::vector<std::vector<Cell>> rows;
    for (std::size_t v = 0; v < scores.investors.size(); ++v) {
      const InvestorId investor = scores.investors[v];
      std::vector<Cell> row{format_day(window.days.from), format_day(window.days.to), id_text(data, investor),
                            data.name(investor)};
      if (lagged) row.push_back(count_cell(window.year));
      for (std::size_t m = 0; m < parts.size(); ++m) {
        const Column& column = scores.columns[m];
        row.push_back(number_cell(column.values[v]));
        if (parts[m].normalised)
          row.push_back(column.normalised.empty() ? Cell{}
                                                  : number_cell(column.normalised[v] * scale_of(options.normalised)));
        if (parts[m].error) row.push_back(column.error.empty() ? Cell{0.0} : number_cell(column.error[v]));
        row.push_back(column.why.empty() ? Cell{} : text_or_nothing(name_of(column.why[v])));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  };

  // Threads that the windows leave over work inside them; progress is that of the windows.
  Context inside = context;
  inside.progress = nullptr;
  inside.threads = std::max(1U, context.threads / static_cast<unsigned>(std::max<std::size_t>(1, windows.size())));
  std::vector<std::optional<Result<WindowScores>>> made(windows.size());
  Smoother smoother(options.smoothing == Smoothing::since_first ? measures.size() : 0, data.investors.size());
  std::uint64_t skipped_groups = 0, undated_ties = 0, unweighed = 0;
  Result<void> outcome;
  const auto take_window = [&](std::size_t w) {
    if (!*made[w]) {
      outcome = tl::unexpected(made[w]->error());
      return false;
    }
    WindowScores scores = std::move(**made[w]);
    made[w].reset();
    smoother.smooth(scores);
    if (w == 0)
      for (std::size_t m = 0; m < measures.size(); ++m)
        head.data.emplace_back(fmt::format("{}_variant", measures[m]->name), scores.columns[m].variant);
    skipped_groups += scores.skipped_groups;
    undated_ties += scores.undated_ties;
    unweighed += scores.unweighed;
    if (w < options.history) return true;
    Table part = head;
    part.rows = rows_of(scores, windows[w]);
    if (w + 1 == windows.size()) {
      const auto note = [&](const char* what, std::uint64_t count) {
        if (count > 0) part.notes.push_back(fmt::format("{}: {}", what, count));
      };
      note("rounds without a date, which are in no window", scores.undated_rounds);
      note("rounds or companies with too many investors, which make no ties, in all windows together", skipped_groups);
      note("ties without a date, which have no age and are left out, in all windows together", undated_ties);
      note("pairs of investor and company without a known weight, which are left out, in all windows together",
           unweighed);
    }
    outcome = take(std::move(part));
    return outcome.has_value();
  };
  context.start("windows", windows.size());
  parallel_in_order(
      windows.size(), context,
      [&](std::size_t w) {
        made[w] = measure_window(data, selection, windows[w].days, measures, options, inside);
        context.advance();
      },
      take_window);
  if (!outcome) return outcome;
  if (context.stopped()) return cancelled();
  return windows.empty() ? take(head) : Result<void>();
}

}  // namespace coinvest
