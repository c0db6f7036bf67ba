// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/mapping.hpp"
#include "coinvest/ingest/rates.hpp"
#include "coinvest/model/called.hpp"

namespace coinvest::cli {
namespace {

const Choices<PartialDate> partial_dates{
    {"strict", PartialDate::strict}, {"overlap", PartialDate::overlap}, {"mid", PartialDate::mid}};
const Choices<Rollup> rollups{{"none", Rollup::none}, {"manager", Rollup::manager}, {"group", Rollup::group}};
const Choices<Identity> identities{{"safe", Identity::safe}, {"exact", Identity::exact}};
const Choices<DateOrder> date_orders{{"dmy", DateOrder::day_first}, {"mdy", DateOrder::month_first}};
const Choices<Grade> grades{{"A", Grade::A}, {"B", Grade::B}, {"C", Grade::C}};

DateInterval read_date(const std::string& name, std::string_view text) {
  const auto date = parse_date(text);
  if (!date) throw CLI::ValidationError(name, date.error().message);
  return *date;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

/// The words of a comma-separated option; CLI11's own delimiter would also split the positional data sets.
CLI::Option* add_words(CLI::App& app, const std::string& name, std::vector<std::string>& target,
                       const std::string& help) {
  const auto read = [&target](const std::string& text) {
    for (const std::string_view word : split(text, ','))
      if (!trim(word).empty()) target.emplace_back(trim(word));
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("NAME,...");
}

}  // namespace

std::string none_of(std::string_view text, std::string_view words) {
  return fmt::format("'{}' is none of {}{}", text, words, did_you_mean(text, split(words, '|')));
}

std::string above_zero(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc{} && end == text.data() + text.size() && value > 0 && value < 1e6;
  return good ? std::string() : fmt::format("'{}' is no number above 0", text);
}

CLI::Option* add_day(CLI::App& app, const std::string& name, std::optional<Day>& target, DateEnd end,
                     const std::string& help) {
  const auto read = [&target, name, end](const std::string& text) {
    const DateInterval date = read_date(name, text);
    target = end == DateEnd::first ? date.low : date.high;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("DATE");
}

CLI::Option* add_period(CLI::App& app, const std::string& name, std::optional<DayRange>& target,
                        const std::string& help) {
  const auto read = [&target, name](const std::string& text) {
    const auto period = parse_period(text);
    if (!period) throw CLI::ValidationError(name, period.error().message);
    target = *period;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("FROM..TO");
}

CLI::Option* add_count(CLI::App& app, const std::string& name, std::uint64_t& target, std::uint64_t least,
                       std::uint64_t most, const std::string& help) {
  const auto read = [&target, name, least, most](const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
      throw CLI::ValidationError(name, fmt::format("'{}' is no whole number from {} to {}", text, least, most));
    target = value;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("N");
}

CLI::Option* add_size(CLI::App& app, const std::string& name, std::uint64_t& target, std::uint64_t most,
                      const std::string& help) {
  const auto read = [&target, name, most](const std::string& text) {
    constexpr std::string_view units = "KMG";
    std::uint64_t value = 0;
    const char* const last = text.data() + text.size();
    auto [end, error] = std::from_chars(text.data(), last, value);
    const std::size_t unit = end == last ? units.size() : units.find(*end);
    const unsigned shift = end == last ? 0 : 10 * (static_cast<unsigned>(unit) + 1);
    if (end != last && unit < units.size()) ++end;
    if (error != std::errc{} || end != last || value == 0 || value > most >> shift)
      throw CLI::ValidationError(name,
                                 fmt::format("'{}' is no size from 1 byte to {}, such as 256M", text, size_text(most)));
    target = value << shift;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("SIZE")->default_str(size_text(target));
}

InputOptions::InputOptions(CLI::App& app) {
  app.add_option(
         "dataset", paths,
         "A folder, a file (.csv .tsv .json .jsonl .xlsx, also .gz or .zst), several files, a .db made by import, "
         "or - for stdin")
      ->type_name("DATASET");
  constexpr const char* group = "Input";
  app.add_option("--input-format", read.input_format, "Layout of the input; recognised from its header if not given")
      ->group(group);
  app.add_option("--encoding", read.encoding,
                 "Encoding of the input: gb18030, cp936, big5, shift_jis, utf-16le, windows-1252, "
                 "macintosh, ... (default: byte order mark, else UTF-8, else GB18030 on evidence)")
      ->type_name("NAME")
      ->group(group);
  app.add_option("--sheet", read.sheet, "Sheet of an Excel workbook (default: the first that is not hidden)")
      ->type_name("NAME")
      ->group(group);
  const auto map_column = [this](const std::string& text) {
    auto mapped = parse_mapped_column(text);
    if (!mapped) throw CLI::ValidationError("--map", mapped.error().message);
    read.map.push_back(std::move(*mapped));
  };
  app.add_option_function<std::vector<std::string>>(
         "--map", [map_column](const std::vector<std::string>& texts) { std::ranges::for_each(texts, map_column); },
         "What a column means, whatever its header says: Startup=company; may be given several times")
      ->type_name("COLUMN=FIELD")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->group(group);
  app.add_option(
         "--mapping", read.mapping,
         "TOML file with what columns mean ([columns]), layout, sheet, encoding, date_order; options overrule it")
      ->type_name("FILE")
      ->group(group);
  app.add_flag_callback(
         "--split", [this] { read.conjunctions = Conjunctions::between_names; },
         "In lists of investors, & and 'and' stand between names")
      ->group(group);
  app.add_option("--aliases", read.aliases, "File with other names of investors (alias,canonical,...)")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--exits", read.exits, "File with exits (company,event,date,...)")->type_name("FILE")->group(group);
  add_choice(app, "--identity", read.identity, identities,
             "safe: join spellings that differ in case, width, "
             "punctuation or legal form; exact: join none")
      ->group(group);
  add_choice<DateOrder>(app, "--date-order", read.date_order, date_orders, "Order of dates like 05/03/2021")
      ->group(group);
  app.add_flag_callback(
         "--raw",
         [this] {
           read.cleaning = Cleaning::raw;
           read.identity = Identity::exact;
         },
         "Exact strings and no cleaning rule at all")
      ->group(group);
  app.add_flag_callback(
         "--strict", [this] { read.strictness = Strictness::strict; }, "End with an error at the first rejected row")
      ->group(group);
  add_limits(app);
}

void InputOptions::add_limits(CLI::App& app) {
  constexpr const char* group = "Limits";
  constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30;
  auto& [unpack, table] = read.limits;
  add_size(app, "--max-file", unpack.bytes, 1024 * gibibyte,
           "Refuse a file of more bytes, unpacked; a workbook of more than a quarter")
      ->group(group);
  add_count(app, "--max-ratio", unpack.ratio, 1, 1'000'000, "Refuse a file that unpacks to more times its size")
      ->default_str(fmt::to_string(unpack.ratio))
      ->group(group);
  add_size(app, "--max-field", table.field_bytes, gibibyte, "Refuse a cell of more bytes")->group(group);
  add_count(app, "--max-columns", table.columns, 1, 1'000'000, "Refuse a table of more columns")
      ->default_str(fmt::to_string(table.columns))
      ->group(group);
}

namespace {

/// One sentence for each file in which more than every twentieth row holds a list where one name belongs: such a graph
/// is not what its owner means, while a few are names with a comma.
std::vector<std::string> unsplit_lists(const Dataset& data) {
  std::vector<std::vector<const Problem*>> of_file(data.files.size());
  for (const Problem& problem : data.problems)
    if (problem.kind == ProblemKind::several_names) of_file[index(problem.where.file)].push_back(&problem);
  std::vector<std::string> hints;
  for (std::size_t file = 0; file < of_file.size(); ++file) {
    const InputFile& read = data.files[file];
    const auto& problems = of_file[file];
    if (problems.size() * 20 <= read.rows) continue;
    const std::string& column = problems.front()->column;
    hints.push_back(fmt::format(
        "{}: {} of {} cells under {} look like lists, but each is kept as one name; --map {}=investors splits them",
        read.path, problems.size(), read.rows, column, column));
  }
  return hints;
}

}  // namespace

Result<Dataset> InputOptions::load(Session& session, Rejections rejections) const {
  if (paths.empty())
    return fail(ErrorKind::usage, "no data set was named; give a folder, a file, or - for standard input");
  if (std::find(paths.begin(), paths.end(), "") != paths.end())
    return fail(ErrorKind::usage, "the name of a data set is empty");
  auto data = read_dataset(paths, read, session.context);
  if (!data) return data;
  for (const Problem& problem : data->problems)
    if (problem.kind == ProblemKind::inferred_encoding)
      session.say(fmt::format("{}; --encoding overrules", problem.text));
  for (const std::string& hint : unsplit_lists(*data)) session.say(hint);
  const auto rejected = std::count_if(data->problems.begin(), data->problems.end(),
                                      [](const Problem& problem) { return is_rejection(problem.kind); });
  if (rejected > 0 && rejections == Rejections::counted)
    session.say(fmt::format("{} row{} rejected; coinvest check lists {}", rejected, rejected == 1 ? " was" : "s were",
                            rejected == 1 ? "it" : "them"));
  return data;
}

void InputOptions::describe(Parameters& parameters) const {
  parameters.emplace_back("identity", std::string(word_of(identities, read.identity)));
  if (read.conjunctions == Conjunctions::between_names) parameters.emplace_back("split", true);
  if (!read.encoding.empty()) parameters.emplace_back("encoding", read.encoding);
  if (!read.sheet.empty()) parameters.emplace_back("sheet", read.sheet);
  std::vector<std::string> mapped;
  for (const MappedColumn& m : read.map) mapped.push_back(fmt::format("{}={}", m.column, name_of(m.field)));
  if (!mapped.empty()) parameters.emplace_back("map", joined(mapped));
  if (!read.mapping.empty()) {
    parameters.emplace_back("mapping", std::filesystem::path(read.mapping).filename().string());
  }
  parameters.emplace_back("raw", read.cleaning == Cleaning::raw);
}

SelectionOptions::SelectionOptions(CLI::App& app, Without without) {
  constexpr const char* group = "Selection";
  Selection& s = selection;
  if (without != Without::sector) add_words(app, "--sector", s.sectors, "Only rounds of these sectors")->group(group);
  add_words(app, "--country", s.countries, "Only rounds of companies in these countries")->group(group);
  add_words(app, "--stage", s.stages, "Only these stages: seed, angel, a, b, ...")->group(group);
  add_words(app, "--investor-type", s.investor_types, "Only investors of these types")->group(group);
  if (without != Without::dates) {
    add_day(app, "--from", s.from, DateEnd::first, "First day of the window")->group(group);
    add_day(app, "--to", s.to, DateEnd::last, "Last day of the window")->group(group);
  }
  add_day(app, "--as-of", s.as_of, DateEnd::last, "Nothing later than this day has happened")->group(group);
  if (without != Without::known_by)
    add_day(app, "--known-by", s.known_by, DateEnd::last,
            "Only what could be known on this day, with the amounts printed then")
        ->group(group);
  app.parse_complete_callback([&s] {
    if (s.from && s.to && *s.from > *s.to) throw CLI::ValidationError("--to", "lies before --from");
  });
  add_choice<Grade>(app, "--min-grade", s.min_grade, grades, "Drop rows of worse evidence; ungraded rows stay")
      ->group(group);
  add_choice(app, "--partial-date", s.partial_date, partial_dates,
             "When a date of month or year precision lies in a "
             "window")
      ->group(group);
  add_choice<Rollup>(app, "--rollup", s.rollup, rollups,
                     "Count funds as their manager or its group (default: manager "
                     "if aliases are given)")
      ->group(group);
  const auto read_kinds = [&s](const std::string& text) {
    if (text == "primary-equity") return;
    s.kinds.clear();
    if (text == "all") return;
    std::vector<std::string_view> words{"primary-equity", "all"};
    for (const RoundKind kind : round_kinds) words.push_back(name_of(kind));
    for (const std::string_view word : split(text, ',')) {
      const auto kind = std::find_if(round_kinds.begin(), round_kinds.end(),
                                     [&](RoundKind candidate) { return name_of(candidate) == word; });
      if (kind == round_kinds.end())
        throw CLI::ValidationError("--type-filter", fmt::format("'{}' is no kind of round; there are {}{}", word,
                                                                fmt::join(words, ", "), did_you_mean(word, words)));
      s.kinds.push_back(*kind);
    }
  };
  app.add_option_function<std::string>("--type-filter", read_kinds, "Which kinds of rounds make ties")
      ->type_name("primary-equity|all|KIND,...")
      ->default_str("primary-equity")
      ->group(group);
}

Deals SelectionOptions::apply(const Dataset& data, Session& session) const {
  for (const std::string& sentence : unknown_words(data, selection)) session.say(sentence);
  Deals deals = select(data, selection);
  if (deals.size() == 0)
    session.say(data.rounds.size() == 0 ? "the data set has no rounds"
                                        : fmt::format("none of the {} rounds is selected", data.rounds.size()));
  return deals;
}

void SelectionOptions::describe(Parameters& parameters) const {
  const Selection& s = selection;
  const auto add_list = [&](const char* name, const std::vector<std::string>& words) {
    if (!words.empty()) parameters.emplace_back(name, joined(words));
  };
  const auto add_bound = [&](const char* name, const std::optional<Day>& day) {
    if (day) parameters.emplace_back(name, format_day(*day));
  };
  add_list("sector", s.sectors);
  add_list("country", s.countries);
  add_list("stage", s.stages);
  add_list("investor_type", s.investor_types);
  add_bound("from", s.from);
  add_bound("to", s.to);
  add_bound("as_of", s.as_of);
  add_bound("known_by", s.known_by);
  if (s.min_grade) parameters.emplace_back("min_grade", std::string(name_of(*s.min_grade)));
  parameters.emplace_back("partial_date", std::string(word_of(partial_dates, s.partial_date)));
  std::vector<std::string> kinds;
  for (const RoundKind kind : s.kinds) kinds.emplace_back(name_of(kind));
  parameters.emplace_back("kinds", kinds.empty() ? "all" : joined(kinds));
  parameters.emplace_back("rollup",
                          s.rollup ? std::string(word_of(rollups, *s.rollup)) : "manager if aliases are given");
}

RunOptions::RunOptions(CLI::App& app) {
  constexpr const char* group = "Running";
  add_count(app, "--threads", threads_, 1, 1024,
            "At most so many threads (default: all cores); results do not depend "
            "on it")
      ->group(group);
  add_count(app, "--seed", seed_, 0, UINT64_MAX, "Of every random part")->default_str("1")->group(group);
  app.add_flag("-q,--quiet", quiet_, "Say nothing on stderr but errors")->group(group);
}

void RunOptions::apply(Session& session) const {
  session.context.threads =
      threads_ != 0 ? static_cast<unsigned>(threads_) : std::max(1U, std::thread::hardware_concurrency());
  session.context.seed = seed_;
  session.quiet = quiet_;
  session.show_progress();
}

RatesOptions::RatesOptions(CLI::App& app) {
  app.add_option("--rates", path_,
                 "Exchange rates (currency,rate, and perhaps date,to) that make one sum of all currencies")
      ->type_name("FILE");
}

Result<std::optional<Rates>> RatesOptions::load() const {
  if (path_.empty()) return std::optional<Rates>();
  return read_rates(path_).map([](Rates rates) { return std::optional(std::move(rates)); });
}

void RatesOptions::describe(Parameters& parameters, const std::optional<Rates>& rates) const {
  if (rates)
    parameters.emplace_back(
        "rates", fmt::format("{} to {}", std::filesystem::path(path_).filename().string(), rates->target().text()));
}

}  // namespace coinvest::cli
