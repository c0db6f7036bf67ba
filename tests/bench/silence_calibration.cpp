// SPDX-License-Identifier: Apache-2.0
// Is P(0) right? Asks at the begin of each half-year whether investors of the two years before will be silent in it,
// and compares the probability with what happened: the whole market, as the data set has no sectors.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "coinvest/base/statistics.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/report/format.hpp"

using namespace coinvest;

namespace {

struct Forecasts {
  std::uint64_t asked = 0, silent = 0;
  double p_sum = 0, squares = 0;  // of P(0), and of its distance to what happened

  void add(double p, bool was_silent) {
    ++asked;
    if (was_silent) ++silent;
    p_sum += p;
    const double distance = p - (was_silent ? 1 : 0);
    squares += distance * distance;
  }
  double mean_p() const { return p_sum / static_cast<double>(asked); }
  double share() const { return static_cast<double>(silent) / static_cast<double>(asked); }
};

std::vector<DayRange> half_years(int first, int last) {
  using namespace std::chrono;
  std::vector<DayRange> ranges;
  for (int y = first; y <= last; ++y) {
    ranges.push_back({sys_days(year{y} / 1 / 1), sys_days(year{y} / 6 / 30)});
    ranges.push_back({sys_days(year{y} / 7 / 1), sys_days(year{y} / 12 / 31)});
  }
  return ranges;
}

int run(const std::string& folder) {
  const std::vector<std::string> folders{folder};
  const auto data = read_dataset(folders, {}, Context{});
  if (!data) {
    fmt::print(stderr, "silence_calibration: {}\n", describe(data.error()));
    return 1;
  }
  const Deals deals = select(*data, {});
  std::array<Forecasts, 10> bins;
  Forecasts all, improbable;
  std::uint64_t left = 0, came_back = 0;
  for (const DayRange& period : half_years(2008, 2012)) {
    const auto rows = silence(deals, {.period = period});
    if (!rows) return 1;
    for (const Silence& row : *rows) {
      const bool silent = row.deals_in_period == 0;
      const double p = row.p_zero.value();
      bins[std::min<std::size_t>(9, static_cast<std::size_t>(p * 10))].add(p, silent);
      all.add(p, silent);
      if (p < 0.05) improbable.add(p, silent);
      if (row.verdict != Verdict::left_market) continue;
      ++left;
      if (row.dormancy.last_deal.low > period.to) ++came_back;
    }
  }

  Table table;
  table.columns = {{"p_zero"}, {"asked"}, {"mean_p"}, {"silent"}, {"share"}, {"share_low"}, {"share_high"}};
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const Forecasts& of = bins[bin];
    if (of.asked == 0) continue;
    const Proportion wilson = wilson_95(of.silent, of.asked);
    table.rows.push_back({fmt::format("0.{} to {:.1f}", bin, static_cast<double>(bin + 1) / 10),
                          static_cast<std::int64_t>(of.asked), of.mean_p(), static_cast<std::int64_t>(of.silent),
                          wilson.share, wilson.low, wilson.high});
  }
  fmt::print("{}", write_table(table, {}));
  const double brier = all.squares / static_cast<double>(all.asked);
  const double climatology = all.share() * (1 - all.share());
  fmt::print("asked {}, silent {} ({:.4f}), mean P(0) {:.4f}\n", all.asked, all.silent, all.share(), all.mean_p());
  fmt::print("Brier score {:.4f}, of the overall share {:.4f}, skill {:.4f}\n", brier, climatology,
             1 - brier / climatology);
  fmt::print("P(0) below 0.05: asked {}, mean P(0) {:.4f}, silent {} ({:.4f})\n", improbable.asked, improbable.mean_p(),
             improbable.silent, improbable.share());
  fmt::print("verdict 'left the market': {}, of which {} invested again later ({:.4f})\n", left, came_back,
             static_cast<double>(came_back) / static_cast<double>(left));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "Usage: silence_calibration DATASET\n");
    return 2;
  }
  return run(argv[1]);
}
