// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/panel.hpp"

#include "cli/command.hpp"
#include "cli/measure_options.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

class Panel final : public Task {
 public:
  explicit Panel(CLI::App& app)
      : input_(app),
        selection_(app, SelectionOptions::Without::dates),
        measures_(app),
        graph_(app),
        run_(app),
        output_(app) {
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
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto wanted = measures_.wanted();
    if (!wanted) return tl::unexpected(wanted.error());
    if (auto defined = check_defined(*wanted, measures_.graph); !defined) return defined;
    const auto windows = wanted_windows();
    if (!windows) return tl::unexpected(windows.error());
    const auto options = panel_options();
    if (!options) return tl::unexpected(options.error());
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    auto table = panel(*data, selection_.selection, *windows, *wanted, *options, session.context);
    if (!table) return tl::unexpected(table.error());
    Parameters parameters;
    input_.describe(parameters);
    selection_.describe(parameters);
    graph_.describe(parameters, measures_.graph);
    parameters.emplace_back("window", static_cast<std::int64_t>(years_));
    parameters.emplace_back("from", format_date(first_));
    parameters.emplace_back("to", format_date(last_));
    parameters.emplace_back("rolling", rolling_);
    parameters.emplace_back("lag", static_cast<std::int64_t>(lag_));
    return output_.write(std::move(*table), parameters);
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

  Result<std::vector<PanelWindow>> wanted_windows() const {
    for (const DateInterval& end : {first_, last_}) {
      if (!rolling_ && plus_years(end.low, 1) != end.high + std::chrono::days(1))
        return fail(ErrorKind::usage,
                    fmt::format("'{}' is no year; with --rolling a window may end on any day", format_date(end)));
    }
    if (first_.high > last_.high)
      return fail(ErrorKind::usage,
                  fmt::format("--from {} lies after --to {}", format_date(first_), format_date(last_)));
    return panel_windows(first_.high, last_.high, static_cast<int>(years_), static_cast<int>(lag_));
  }

  Result<PanelOptions> panel_options() const {
    PanelOptions options;
    options.graph = measures_.graph;
    options.normalised = measures_.normalised;
    if (options.graph == GraphKind::bipartite) {
      const auto weight = graph_.bipartite_weight();
      if (!weight) return tl::unexpected(weight.error());
      options.weight = *weight;
    } else {
      const auto ties = graph_.ties();
      if (!ties) return tl::unexpected(ties.error());
      options.ties = *ties;
    }
    return options;
  }

  InputOptions input_;
  SelectionOptions selection_;
  MeasureOptions measures_;
  GraphOptions graph_;
  RunOptions run_;
  OutputOptions output_;
  std::uint64_t years_ = 5, lag_ = 0;
  DateInterval first_, last_;
  bool rolling_ = false;
};

}  // namespace

std::unique_ptr<Task> make_panel(CLI::App& app) {
  return std::make_unique<Panel>(app);
}

}  // namespace coinvest::cli
