// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/panel.hpp"

#include <cmath>
#include <map>
#include <string>

#include "catch.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/queries/profile.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

using fixtures::day;

Table panel_of(const Dataset& data, std::span<const PanelWindow> windows, const std::vector<std::string_view>& names,
               PanelOptions options = {.graph = GraphKind::coinvest}, unsigned threads = 1) {
  std::vector<const Measure*> wanted;
  for (const std::string_view name : names) wanted.push_back(find_measure(name));
  Context context;
  context.threads = threads;
  Table whole;
  const auto take = [&](Table part) -> Result<void> {
    part.rows.insert(part.rows.begin(), whole.rows.begin(), whole.rows.end());
    whole = std::move(part);
    return {};
  };
  REQUIRE(panel(data, {}, windows, wanted, options, take, context));
  return whole;
}

Result<void> drop(Table) {
  return {};
}

/// "2015-01-01 A" → the first measure.
std::map<std::string, double> scores(const Table& table, std::size_t column = 4) {
  std::map<std::string, double> by_row;
  for (const auto& row : table.rows)
    by_row[std::get<std::string>(row[0]) + " " + std::get<std::string>(row[3])] = std::get<double>(row[column]);
  return by_row;
}

TEST_CASE("windows of calendar years") {
  const auto windows = panel_windows(day("2019-12-31"), day("2021-12-31"), 5, 0);
  REQUIRE(windows.size() == 3);
  CHECK(format_day(windows[0].days.from) == "2015-01-01");
  CHECK(format_day(windows[0].days.to) == "2019-12-31");
  CHECK(format_day(windows[2].days.from) == "2017-01-01");
  CHECK(windows[2].year == 2021);
}

TEST_CASE("windows that lag stand for a later year") {
  const auto windows = panel_windows(day("2020-12-31"), day("2020-12-31"), 5, 1);
  REQUIRE(windows.size() == 1);
  CHECK(format_day(windows[0].days.from) == "2015-01-01");
  CHECK(format_day(windows[0].days.to) == "2019-12-31");
  CHECK(windows[0].year == 2020);
}

TEST_CASE("windows of one year partition time, leap days included") {
  const auto windows = panel_windows(day("2004-02-29"), day("2012-03-01"), 1, 0);
  REQUIRE(windows.size() == 9);
  CHECK(format_day(windows[0].days.from) == "2003-03-01");  // the day after 28 February
  for (std::size_t i = 1; i < windows.size(); ++i)
    CHECK(windows[i].days.from == windows[i - 1].days.to + std::chrono::days(1));
  CHECK(format_day(windows[8].days.to) == "2012-02-29");
}

TEST_CASE("nine rounds in windows of five years") {
  const Dataset data = fixtures::f1();
  const auto table = panel_of(data, panel_windows(day("2019-12-31"), day("2020-12-31"), 5, 0), {"strength", "degree"},
                              {.graph = GraphKind::coinvest, .normalised = Normalised::yes});
  std::vector<std::string> names;
  for (const ColumnHead& column : table.columns) names.push_back(column.name);
  CHECK(names == std::vector<std::string>{"window_from", "window_to", "id", "name", "strength", "strength_why",
                                          "degree", "degree_norm", "degree_why"});
  // 2015–2019: AB2 AC3 BC1, and D alone. 2016–2020: AB1 AC3 BC1, and D alone.
  CHECK(scores(table) == std::map<std::string, double>{{"2015-01-01 A", 5},
                                                       {"2015-01-01 B", 3},
                                                       {"2015-01-01 C", 4},
                                                       {"2015-01-01 D", 0},
                                                       {"2016-01-01 A", 4},
                                                       {"2016-01-01 B", 2},
                                                       {"2016-01-01 C", 4},
                                                       {"2016-01-01 D", 0}});
  CHECK(scores(table, 7).at("2015-01-01 A") == Approx(2 / 3.0).epsilon(1e-15));
  CHECK(table.notes == std::vector<std::string>{"rounds without a date, which are in no window: 1"});
}

TEST_CASE("a panel is the same from one thread and from four, and lists the year behind which a window lags") {
  const Dataset data = fixtures::f1();
  const auto windows = panel_windows(day("2016-12-31"), day("2024-12-31"), 5, 1);
  const std::vector<std::string_view> names{"degree", "harmonic", "eigenvector"};
  const PanelOptions options;
  const auto one = panel_of(data, windows, names, options, 1), four = panel_of(data, windows, names, options, 4);
  CHECK(one.rows == four.rows);
  CHECK(one.columns.at(4).name == "year");
  CHECK(std::get<std::int64_t>(one.rows.front().at(4)) == 2016);
}

TEST_CASE("smoothed scores are means over the windows that the investor is in") {
  const Dataset data = fixtures::f1();
  // One year each: A is in 2015 (with B), 2016 (C), 2017 (C), 2019 (B and C); degrees 1, 1, 1, 2.
  const auto windows = panel_windows(day("2017-12-31"), day("2019-12-31"), 1, 0, 2);
  REQUIRE(windows.size() == 5);
  CHECK(windows.front().year == 2015);
  const auto table = panel_of(data, windows, {"degree"},
                              {.graph = GraphKind::coinvest, .smoothing = Smoothing::since_first, .history = 2});
  const auto means = scores(table);
  CHECK_FALSE(means.contains("2016-01-01 A"));
  CHECK(means.at("2017-01-01 A") == 1);
  CHECK(means.at("2019-01-01 A") == 1.25);
  CHECK(means.at("2019-01-01 B") == 1.5);  // 1 in 2015, 2 in 2019
  CHECK(means.at("2019-01-01 C") == Approx(4 / 3.0).epsilon(1e-15));
}

TEST_CASE("percent of the maximum: degree of all partners, eigenvector of a star's centre") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"a.csv", "a.csv", "", 3}), {"R1 X 2020 A B", "R2 Y 2020 A C"});
  const Dataset data = builder.finish().value();
  const auto table =
      panel_of(data, panel_windows(day("2020-12-31"), day("2020-12-31"), 5, 0), {"degree", "eigenvector"},
               {.graph = GraphKind::coinvest, .normalised = Normalised::percent});
  CHECK(table.columns.at(5).name == "degree_pct");
  CHECK(table.columns.at(8).name == "eigenvector_pct");
  CHECK(scores(table, 5).at("2016-01-01 A") == 100);
  CHECK(scores(table, 8).at("2016-01-01 A") == Approx(100).epsilon(1e-10));
  CHECK(scores(table, 8).at("2016-01-01 B") == Approx(100 / std::sqrt(2.0)).epsilon(1e-10));
}

TEST_CASE("a panel hands over window by window, holds no more than threads, and ends when its reader does") {
  const Dataset data = fixtures::f1();
  const auto windows = panel_windows(day("2015-12-31"), day("2022-12-31"), 5, 0);
  const std::vector<const Measure*> wanted{find_measure("degree")};
  for (const unsigned threads : {1U, 2U, 4U}) {
    Context context;
    context.threads = threads;
    std::vector<std::string> begins;
    const auto take = [&](const Table& part) -> Result<void> {
      begins.push_back(std::get<std::string>(part.rows.at(0).at(0)));
      CHECK(part.notes.empty() == (begins.size() < windows.size()));
      if (begins.size() == 6 && threads == 2) return fail(ErrorKind::io, "the disk is full");
      return {};
    };
    const auto made = panel(data, {}, windows, wanted, {}, take, context);
    CHECK(made.has_value() == (threads != 2));
    REQUIRE(begins.size() == (threads == 2 ? 6 : windows.size()));
    for (std::size_t w = 0; w < begins.size(); ++w) CHECK(begins[w] == format_day(windows[w].days.from));
  }
}

TEST_CASE("every profile names measures of the co-investment graph, and its switches") {
  for (const Profile& profile : profiles()) {
    INFO(profile.name);
    if (!profile.has_network()) continue;
    std::vector<const Measure*> wanted;
    for (const std::string_view name : split(profile.measures, ',')) {
      wanted.push_back(find_measure(name));
      REQUIRE(wanted.back() != nullptr);
    }
    CHECK(check_defined(wanted, GraphKind::coinvest).has_value());
    CHECK_THAT(switches_of(profile),
               Catch::Contains(std::string(profile.name)) && Catch::Contains(std::string(profile.measures)));
  }
}

TEST_CASE("a panel refuses a measure that the graph does not have, and stops when asked to") {
  const Dataset data = fixtures::f1();
  const auto windows = panel_windows(day("2019-12-31"), day("2020-12-31"), 5, 0);
  const std::vector<const Measure*> wanted{find_measure("birank")};
  const auto refused = panel(data, {}, windows, wanted, {.graph = GraphKind::coinvest}, drop, Context{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::usage);

  const std::atomic<bool> stop = true;
  Context context;
  context.stop = &stop;
  const auto stopped = panel(data, {}, windows, wanted, {}, drop, context);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().kind == ErrorKind::cancelled);
}

}  // namespace
}  // namespace coinvest
