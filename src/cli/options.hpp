// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/session.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/base/table_parts.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/rates.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/report/format.hpp"

namespace coinvest::cli {

template <typename Enum>
using Choices = std::vector<std::pair<std::string_view, Enum>>;

/// The words of a choice as help and errors show them: "strict|overlap|mid".
template <typename Enum>
std::string words_of(const Choices<Enum>& choices) {
  std::string words;
  for (const auto& [word, value] : choices) words += fmt::format("{}{}", words.empty() ? "" : "|", word);
  return words;
}

template <typename Enum>
std::string_view word_of(const Choices<Enum>& choices, Enum value) {
  for (const auto& [word, choice] : choices)
    if (choice == value) return word;
  return {};
}

/// "'overlp' is none of strict|overlap|mid; did you mean 'overlap'?"
std::string none_of(std::string_view text, std::string_view words);

/// An option that takes one word of a list. `target` may be the enum or an optional of it.
template <typename Enum, typename Target>
CLI::Option* add_choice(CLI::App& app, const std::string& name, Target& target, const Choices<Enum>& choices,
                        const std::string& help) {
  const auto read = [&target, choices, name](const std::string& text) {
    for (const auto& [word, value] : choices)
      if (word == text) {
        target = value;
        return;
      }
    throw CLI::ValidationError(name, none_of(text, words_of(choices)));
  };
  CLI::Option* option = app.add_option_function<std::string>(name, read, help)->type_name(words_of(choices));
  if constexpr (std::is_same_v<Enum, Target>) option->default_str(std::string(word_of(choices, target)));
  return option;
}

/// Which end of a date of month, quarter or year precision an option means.
enum class DateEnd : std::uint8_t { first, last };
CLI::Option* add_day(CLI::App& app, const std::string& name, std::optional<Day>& target, DateEnd end,
                     const std::string& help);

/// FROM..TO, or one date that stands for its whole interval.
CLI::Option* add_period(CLI::App& app, const std::string& name, std::optional<DayRange>& target,
                        const std::string& help);

/// A whole number from `least` to `most`.
CLI::Option* add_count(CLI::App& app, const std::string& name, std::uint64_t& target, std::uint64_t least,
                       std::uint64_t most, const std::string& help);

/// A number of bytes, or of KiB, MiB or GiB as in "64K", "256M", "4G", at least 1 and at most `most`.
CLI::Option* add_size(CLI::App& app, const std::string& name, std::uint64_t& target, std::uint64_t most,
                      const std::string& help);

/// What CLI11 says of a text that is no number above 0 and below a million.
std::string above_zero(const std::string& text);

/// DATASET and how it is read.
class InputOptions {
 public:
  enum class Rejections : std::uint8_t { counted, listed_anyway };

  explicit InputOptions(CLI::App& app);
  /// Reads the data set and says on stderr in one line how many rows were rejected.
  Result<Dataset> load(Session& session, Rejections rejections = Rejections::counted) const;
  void describe(Parameters& parameters) const;

  ReadOptions read;
  std::vector<std::string> paths;

 private:
  void add_limits(CLI::App& app);
};

/// Which rounds count, and as known when.
class SelectionOptions {
 public:
  /// Options that a command leaves out because it gives them a meaning of its own.
  enum class Without : std::uint8_t { nothing, sector, dates, known_by };

  explicit SelectionOptions(CLI::App& app, Without without = Without::nothing);
  /// The selected rounds; says on stderr if there are none.
  Deals apply(const Dataset& data, Session& session) const;
  void describe(Parameters& parameters) const;

  Selection selection;
};

/// How ties are made and weighed.
class GraphOptions {
 public:
  explicit GraphOptions(CLI::App& app);
  /// Of the bipartite graph. Fails (usage) if the word for the weight belongs to the other graph.
  Result<BipartiteOptions> bipartite() const;
  Result<TieOptions> ties() const;
  /// Sets what a profile of the literature says about ties.
  void set_ties(TieBy by, TieWeight weight);
  /// The weight of ties if none was given.
  void set_default_weight(TieWeight weight);
  void describe(Parameters& parameters, GraphKind graph) const;

 private:
  void read_tie(const std::string& text);
  void describe_age(Parameters& parameters) const;

  TieBy tie_by_ = TieBy::round;
  std::uint32_t days_ = 0;
  double half_life_ = TieOptions{}.half_life;
  std::string weight_;
  std::uint64_t min_shared_ = 1, max_syndicate_ = 0, max_ties_ = TieOptions{}.max_ties;
};

/// Threads, seed, and who may speak: of every command that computes.
class RunOptions {
 public:
  explicit RunOptions(CLI::App& app);
  void apply(Session& session) const;
  std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t threads_ = 0, seed_ = 1;
  bool quiet_ = false;
};

/// May a table come as a picture, too?
enum class Charts : std::uint8_t { none, svg };

/// Where tables go and in which format.
class OutputOptions {
 public:
  /// Commands that write something else to -o print their table.
  enum class To : std::uint8_t { path, stdout_only };

  explicit OutputOptions(CLI::App& app, Charts charts = Charts::none, To to = To::path);
  /// Cuts to --top rows, formats, and writes to -o or standard output.
  Result<void> write(Table table, const Parameters& parameters) const;
  /// The same of a table that `make` hands over in parts: CSV is written as they come, other formats at the end.
  Result<void> write_parts(const Parameters& parameters,
                           const std::function<Result<void>(const TakeTable&)>& make) const;
  /// The same with several tables in one output, each cut to --top rows.
  Result<void> write(std::vector<Table> tables, const Parameters& parameters) const;
  /// Writes a second table to a file of its own, as CSV.
  Result<void> write_beside(const std::string& path, const Table& table) const;
  Overwrite overwrite() const { return overwrite_ ? Overwrite::replace : Overwrite::refuse; }

 private:
  void cut(Table& table) const;
  FormatOptions format_options(const Parameters& parameters) const;
  /// The format that was asked for, by name or by the extension of the path; "" if none was.
  std::string wanted_format() const;
  bool on_terminal() const;
  /// What was asked for, else what suits the place where it goes.
  std::string format() const;

  std::string path_ = "-", format_;
  Charts charts_;
  std::uint64_t top_ = 0;
  bool overwrite_ = false, excel_safe_ = false, no_colour_ = false;
};

/// How money of different currencies becomes one sum.
class RatesOptions {
 public:
  explicit RatesOptions(CLI::App& app);
  /// The rates given, if any. Fails (io, input) as `read_rates`.
  Result<std::optional<Rates>> load() const;
  void describe(Parameters& parameters, const std::optional<Rates>& rates) const;

 private:
  std::string path_;
};

/// What the commands share that answer a question about selected rounds with one table.
class TableQuery {
 public:
  explicit TableQuery(CLI::App& app, SelectionOptions::Without without = SelectionOptions::Without::nothing,
                      Charts charts = Charts::none);
  /// Reads the data set, selects its rounds, and writes the table that `answer` makes of them. `answer` adds what else
  /// shaped the table to the parameters.
  Result<void> run(Session& session, const std::function<Result<Table>(const Deals&, Parameters&)>& answer) const;
  /// The same for a table that comes in parts.
  Result<void> run_in_parts(
      Session& session, const std::function<Result<void>(const Deals&, Parameters&, const TakeTable&)>& answer) const;
  /// The same with an answer of several tables.
  Result<void> run_for_tables(Session& session,
                              const std::function<Result<std::vector<Table>>(const Deals&, Parameters&)>& answer) const;

 private:
  Result<void> with_deals(Session& session, const std::function<Result<void>(const Deals&, Parameters&)>& use) const;

  InputOptions input_;
  SelectionOptions selection_;
  RunOptions run_;
  OutputOptions output_;
};

/// Writes a whole output to a file or, for "-", to standard output, where a reader that has gone is no error.
Result<void> deliver(const std::string& path, std::string_view bytes, Overwrite overwrite);
/// The same with an output that comes in pieces.
Result<void> deliver(const std::string& path, const std::function<Result<void>(const Sink&)>& produce,
                     Overwrite overwrite);

}  // namespace coinvest::cli
