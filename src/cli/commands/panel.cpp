// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/panel.hpp"

#include <algorithm>

#include "cli/command.hpp"
#include "cli/measure_options.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

/// Where the windows lie.
class WindowOptions {
 public:
  explicit WindowOptions(CLI::App& app) {
    constexpr const char* group = "Windows";
    add_count(app, "--window", years_, 1, 200, "Years in a window")->default_str("5")->group(group);
    add_end(app, "--from", first_, "Year at whose end the first window ends; with --rolling, the day")->group(group);
    add_end(app, "--to", last_, "Year at whose end the last window ends; with --rolling, the last day possible")
        ->group(group);
    add_count(app, "--lag", lag_, 0, 200, "Years between a window and the year it stands for, which is listed, too")
        ->default_str("0")
        ->group(group);
    app.add_flag("--rolling", rolling_, "Windows end on the day of --from, every year, instead of with the year")
        ->group(group);
    app.add_flag_callback(
           "--status-smooth", [this] { smoothing_ = Smoothing::since_first; },
           "Scores are means over the windows since the investor's first one")
        ->group(group);
  }

  void set(const Profile& profile) {
    years_ = static_cast<std::uint64_t>(profile.years);
    smoothing_ = profile.smoothing;
  }

  /// Fails (usage) if the ends are no years, or stand the wrong way round.
  Result<void> check() const {
    for (const DateInterval& end : {first_, last_}) {
      if (!rolling_ && plus_years(end.low, 1) != end.high + std::chrono::days(1))
        return fail(ErrorKind::usage,
                    fmt::format("'{}' is no year; with --rolling a window may end on any day", format_date(end)));
    }
    if (first_.high > last_.high)
      return fail(ErrorKind::usage,
                  fmt::format("--from {} lies after --to {}", format_date(first_), format_date(last_)));
    return {};
  }

  /// The windows of a data set: means begin with the first year that has a round.
  std::vector<PanelWindow> windows(const Dataset& data, PanelOptions& options) const {
    int history = 0;
    options.smoothing = smoothing_;
    if (smoothing_ == Smoothing::since_first) {
      Day earliest = first_.high;
      for (const DateInterval& date : data.rounds.announced)
        if (date.known()) earliest = std::min(earliest, date.low);
      while (plus_years(first_.high, -history) > earliest) ++history;
      options.history = static_cast<std::size_t>(history);
    }
    return panel_windows(first_.high, last_.high, static_cast<int>(years_), static_cast<int>(lag_), history);
  }

  void describe(Parameters& parameters) const {
    parameters.emplace_back("window", static_cast<std::int64_t>(years_));
    parameters.emplace_back("from", format_date(first_));
    parameters.emplace_back("to", format_date(last_));
    parameters.emplace_back("rolling", rolling_);
    parameters.emplace_back("lag", static_cast<std::int64_t>(lag_));
    parameters.emplace_back("status_smooth", smoothing_ == Smoothing::since_first);
  }

 private:
  static CLI::Option* add_end(CLI::App& app, const std::string& name, DateInterval& target, const std::string& help) {
    const auto read = [&target, name](const std::string& text) {
      const auto date = parse_date(text);
      if (!date) throw CLI::ValidationError(name, date.error().message);
      target = *date;
    };
    return app.add_option_function<std::string>(name, read, help)->type_name("YEAR|DATE")->required();
  }

  std::uint64_t years_ = 5, lag_ = 0;
  DateInterval first_, last_;
  bool rolling_ = false;
  Smoothing smoothing_ = Smoothing::none;
};

class Panel final : public Task {
 public:
  explicit Panel(CLI::App& app)
      : query_(app, SelectionOptions::Without::dates),
        windows_(app),
        graph_(app),
        measures_(app, graph_, {"--window", "--status-smooth"}) {}

  Result<void> run(Session& session) override {
    if (measures_.profile != nullptr && !measures_.profile->has_network())
      return fail(ErrorKind::usage,
                  fmt::format("profile {} has no network; ask coinvest centrality for it", measures_.profile->name));
    const auto wanted = measures_.wanted();
    if (!wanted) return tl::unexpected(wanted.error());
    if (auto defined = check_defined(*wanted, measures_.graph); !defined) return defined;
    if (measures_.profile != nullptr) windows_.set(*measures_.profile);
    if (auto good = windows_.check(); !good) return good;
    auto options = panel_options();
    if (!options) return tl::unexpected(options.error());
    return query_.run_in_parts(
        session, [&](const Deals& deals, Parameters& parameters, const TakeTable& take) -> Result<void> {
          graph_.describe(parameters, measures_.graph);
          measures_.describe(parameters);
          windows_.describe(parameters);
          const auto windows = windows_.windows(*deals.data, *options);
          const auto take_named = [&](Table part) {
            if (measures_.profile != nullptr) part.caption += "; " + switches_of(*measures_.profile);
            return take(std::move(part));
          };
          return panel(*deals.data, deals.selection, windows, *wanted, *options, take_named, session.context);
        });
  }

 private:
  Result<PanelOptions> panel_options() const {
    PanelOptions options;
    options.graph = measures_.graph;
    options.normalised = measures_.normalised;
    options.params = measures_.params;
    if (options.graph == GraphKind::bipartite) {
      const auto wanted = graph_.bipartite();
      if (!wanted) return tl::unexpected(wanted.error());
      options.bipartite = *wanted;
    } else {
      const auto ties = graph_.ties();
      if (!ties) return tl::unexpected(ties.error());
      options.ties = *ties;
    }
    return options;
  }

  TableQuery query_;
  WindowOptions windows_;
  GraphOptions graph_;
  MeasureOptions measures_;
};

}  // namespace

std::unique_ptr<Task> make_panel(CLI::App& app) {
  return std::make_unique<Panel>(app);
}

}  // namespace coinvest::cli
