// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "coinvest/base/parallel.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// What one window leaves behind: no graph, and of the columns only the investors' part.
struct WindowScores {
  std::vector<InvestorId> investors;
  std::vector<Column> columns;
  LeftOut left_out;
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
  WindowScores scores{bipartite.investors, {}, deals.left_out};
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

/// What is printed of one measure: the same in all windows.
struct Printed {
  bool normalised = false, error = false, why = false;
};

Printed printed(const std::vector<WindowScores>& windows, std::size_t measure, Normalised normalised) {
  Printed parts;
  for (const WindowScores& window : windows) {
    const Column& column = window.columns[measure];
    parts.normalised |= normalised != Normalised::no && !column.normalised.empty();
    parts.error |= !column.error.empty();
    parts.why |= std::ranges::any_of(column.why, [](Why why) { return why != Why::none; });
  }
  return parts;
}

/// Replaces every defined score by the mean of those of the investor so far.
void smooth(std::vector<WindowScores>& windows, std::size_t measures, std::size_t all_investors) {
  struct Sum {
    double total = 0;
    std::uint32_t count = 0;
    void add_and_replace(double& value) {
      if (std::isnan(value)) return;
      total += value;
      value = total / ++count;
    }
  };
  for (std::size_t m = 0; m < measures; ++m) {
    std::vector<Sum> values(all_investors), normalised(all_investors);
    for (WindowScores& window : windows) {
      Column& column = window.columns[m];
      for (std::size_t v = 0; v < window.investors.size(); ++v) {
        const std::size_t investor = index(window.investors[v]);
        values[investor].add_and_replace(column.values[v]);
        if (!column.normalised.empty()) normalised[investor].add_and_replace(column.normalised[v]);
      }
      if (!column.variant.empty()) column.variant += ", mean since the first window";
    }
  }
}

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

Result<Table> panel(const Dataset& data, const Selection& selection, std::span<const PanelWindow> windows,
                    std::span<const Measure* const> measures, const PanelOptions& options, const Context& context) {
  if (auto defined = check_defined(measures, options.graph); !defined) return tl::unexpected(defined.error());

  // Threads that the windows leave over work inside them; progress is that of the windows.
  Context inside = context;
  inside.progress = nullptr;
  inside.threads = std::max(1U, context.threads / static_cast<unsigned>(std::max<std::size_t>(1, windows.size())));
  std::vector<WindowScores> scores(windows.size());
  std::vector<std::optional<Error>> errors(windows.size());
  context.start("windows", windows.size());
  parallel_for(windows.size(), context, [&](std::size_t w) {
    auto measured = measure_window(data, selection, windows[w].days, measures, options, inside);
    if (measured)
      scores[w] = std::move(*measured);
    else
      errors[w] = std::move(measured.error());
    context.advance();
  });
  if (context.stopped()) return cancelled();
  for (const auto& error : errors)
    if (error) return tl::unexpected(*error);

  if (options.smoothing == Smoothing::since_first) smooth(scores, measures.size(), data.investors.size());

  Table table;
  table.name = "panel";
  table.columns = {{"window_from"}, {"window_to"}, detail("id"), {"name"}};
  const bool lagged = std::ranges::any_of(windows, [](const PanelWindow& window) {
    return static_cast<int>(std::chrono::year_month_day(window.days.to).year()) != window.year;
  });
  if (lagged) table.columns.push_back({"year"});
  std::vector<Printed> parts;
  std::string names;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const std::string name(measures[m]->name);
    parts.push_back(printed(scores, m, options.normalised));
    table.columns.push_back({name});
    if (parts[m].normalised) table.columns.push_back({fmt::format("{}{}", name, suffix_of(options.normalised))});
    if (parts[m].error) table.columns.push_back({name + "_se"});
    if (parts[m].why) table.columns.push_back(detail(name + "_why"));
    if (!scores.empty()) table.data.emplace_back(name + "_variant", scores.front().columns[m].variant);
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  const std::size_t listed = windows.size() - options.history;
  table.caption = fmt::format("{} of investors on the {} graph of each of {} window{}", names,
                              options.graph == GraphKind::bipartite ? "bipartite" : "co-investment", listed,
                              listed == 1 ? "" : "s");
  if (!scores.empty() && scores.front().left_out.undated > 0)
    table.notes.push_back(
        fmt::format("rounds without a date, which are in no window: {}", scores.front().left_out.undated));

  for (std::size_t w = options.history; w < windows.size(); ++w) {
    for (std::size_t v = 0; v < scores[w].investors.size(); ++v) {
      const InvestorId investor = scores[w].investors[v];
      std::vector<Cell> row{format_day(windows[w].days.from), format_day(windows[w].days.to), id_text(data, investor),
                            data.name(investor)};
      if (lagged) row.push_back(count_cell(windows[w].year));
      for (std::size_t m = 0; m < measures.size(); ++m) {
        const Column& column = scores[w].columns[m];
        row.push_back(number_cell(column.values[v]));
        if (parts[m].normalised)
          row.push_back(column.normalised.empty() ? Cell{}
                                                  : number_cell(column.normalised[v] * scale_of(options.normalised)));
        if (parts[m].error) row.push_back(column.error.empty() ? Cell{0.0} : number_cell(column.error[v]));
        if (parts[m].why) row.push_back(column.why.empty() ? Cell{} : text_or_nothing(name_of(column.why[v])));
      }
      table.rows.push_back(std::move(row));
    }
    scores[w] = {};
  }
  return table;
}

}  // namespace coinvest
