// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "coinvest/base/text.hpp"
#include "coinvest/model/records.hpp"

namespace coinvest {
namespace {

using namespace std::string_view_literals;

// Values as people read them; "" if they say nothing.
std::string shown(const std::string& text) {
  return text;
}
std::string shown(std::integral auto number) {
  return fmt::format("{}", number);
}
std::string shown(bool yes) {
  return yes ? "yes" : "no";
}
std::string shown(double number) {
  return fmt::format("{}", number);
}
std::string shown(Worded auto word) {
  return std::string(name_of(word));
}
std::string shown(Lead lead) {
  return lead == Lead::unknown ? "" : shown(lead == Lead::yes);
}
std::string shown(RowNumber number) {
  return fmt::format("{}", index(number) + 1);
}
std::string shown(Day day) {
  return format_day(day);
}
std::string shown(const DateInterval& date) {
  return format_date(date);
}
std::string shown(const Currency& currency) {
  return currency.text();
}
std::string shown(const Amount& amount) {
  if (amount.precision == Precision::undisclosed) return "";
  std::string text = format_minor(amount.low);
  if (amount.high == Amount::unbounded)
    text += "+";
  else if (amount.high != amount.low)
    text += ".." + format_minor(amount.high);
  if (amount.currency.known()) text += " " + amount.currency.text();
  return amount.precision == Precision::exact ? text : fmt::format("{} ({})", text, name_of(amount.precision));
}
std::string shown(const SourceRow&) {
  return "";
}
template <typename T>
std::string shown(const std::optional<T>& value) {
  return value ? shown(*value) : "";
}

void add_word(std::string& words, std::string_view word) {
  if (!word.empty()) words += fmt::format("{}{}", words.empty() ? "" : " ", word);
}

/// True for the id that a round gets whose source has none: it ends with date and amount.
bool has_made_id(const RoundRecord& round) {
  const std::string amount = round.amount.disclosed() ? format_minor(round.amount.low) : "undisclosed";
  return round.round_id.ends_with(fmt::format(" {} {}", format_date(round.announced), amount));
}

/// What tells a record from others, as one text.
template <typename Record>
std::string key_of(const Record& record) {
  std::string key;
  each_column<Record>([&](const auto& column) {
    if (column.role == Role::key) key += shown(record.*column.member) + '\x1f';
  });
  if constexpr (std::is_same_v<Record, RoundRecord>)
    if (has_made_id(record))
      key = fmt::format("\x1f{}\x1f{}\x1f{}\x1f{}", record.company, shown(record.announced), record.round,
                        name_of(record.kind));
  return key;
}

/// Keys of rows in order; what several rows share is told apart by how often it was there before.
template <typename Record>
class Keys {
 public:
  std::string next(const Record& record) {
    const std::string key = key_of(record);
    return fmt::format("{}{}", key, uses_[key]++);
  }

 private:
  std::map<std::string, std::size_t> uses_;
};

/// The day on which a fact happened, from which it is known unless a source says otherwise.
template <typename Record>
DateInterval own_date(const Record& row) {
  if constexpr (requires { row.announced; }) return row.announced;
  if constexpr (requires { row.date; }) return row.date;
  if constexpr (requires { row.as_of; }) return row.as_of;
  return {};
}

class Updater {
 public:
  Updater(const Dataset& data, const Dataset& newer, std::optional<Day> first_seen)
      : now_(records_of(data)), newer_(records_of(newer)), first_seen_(first_seen) {
    Records::each_table([&](std::string_view table, auto member) { size_before_[table] = (now_.*member).size(); });
  }

  void join_spellings() {
    join_spellings("investors", &Records::investors, &InvestorRecord::investor);
    join_spellings("companies", &Records::companies, &CompanyRecord::company);
  }

  Result<Update> run() {
    merge("files", &Records::files);
    Records::each_table([&](std::string_view, auto member) { renumber_sources(newer_.*member); });
    merge("investors", &Records::investors);
    merge("companies", &Records::companies);
    merge("rounds", &Records::rounds);
    merge("investments", &Records::investments);
    merge("aliases", &Records::aliases);
    merge("exits", &Records::exits);
    merge("registry_changes", &Records::registry_changes);
    merge("holdings", &Records::holdings);
    merge("register_changes", &Records::register_changes);
    merge("registers", &Records::registers);
    replace_parts("stakes", &Records::stakes, [](StakeRecord& row) {
      return row.side == StakeSide::held ? std::pair("registers"sv, &*row.in_register)
                                         : std::pair("register_changes"sv, &*row.change);
    });
    replace_parts("stake_flows", &Records::stake_flows,
                  [](StakeFlowRecord& row) { return std::pair("register_changes"sv, &row.change); });
    merge("same_organisations", &Records::same_organisations);
    merge("attributes", &Records::attributes);
    add_problems();

    sort(EntryKind::investor, &Records::investors, [](const InvestorRecord& row) { return std::tie(row.investor); });
    sort(EntryKind::company, &Records::companies, [](const CompanyRecord& row) { return std::tie(row.company); });
    sort(EntryKind::participation, &Records::investments,
         [](const InvestmentRecord& row) { return std::tie(row.round, row.investor); });
    std::ranges::stable_sort(now_.attributes, {},
                             [](const AttributeRecord& row) { return std::tie(row.kind, row.row); });
    std::ranges::sort(now_.same_organisations, {},
                      [](const SameRecord& row) { return std::tie(row.investor, row.company); });
    std::ranges::stable_sort(now_.problems, {}, &ProblemRecord::source);
    auto data = dataset_of(now_);
    if (!data) return tl::unexpected(data.error());
    return Update{std::move(*data), std::move(differences_)};
  }

 private:
  /// Gives names of the newer source the spelling that the data set has, where both have one of a match key.
  template <typename Record>
  void join_spellings(std::string_view table, std::vector<Record> Records::*member, std::string Record::*name) {
    std::map<std::string, std::vector<std::string>> known;  // by match key
    for (const Record& row : now_.*member) known[match_key(row.*name)].push_back(row.*name);
    std::set<std::string> used;
    for (const Record& row : newer_.*member) used.insert(row.*name);
    std::map<std::string, std::string> spelling;
    for (const Record& row : newer_.*member) {
      const auto at = known.find(match_key(row.*name));
      if (at == known.end() || at->second.size() != 1 || !used.insert(at->second.front()).second) continue;
      spelling[row.*name] = at->second.front();
    }
    const auto spell = [&](std::string& text) {
      if (const auto at = spelling.find(text); at != spelling.end()) text = at->second;
    };
    for (Record& row : newer_.*member) spell(row.*name);
    Records::each_table([&](std::string_view, auto rows) {
      for (auto& row : newer_.*rows)
        each_column<std::remove_cvref_t<decltype(row)>>([&](const auto& column) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(row.*column.member)>, std::string>)
            if (column.refers_to == table) spell(row.*column.member);
        });
    });
  }

  /// Rows of the newer source refer to files where these are now.
  template <typename Record>
  void renumber_sources(std::vector<Record>& rows) {
    if constexpr (requires(Record row) { row.source; })
      for (Record& row : rows) row.source.file = id_of<FileId>(places_["files"][index(row.source.file)]);
  }

  template <typename Record>
  std::string source_of(const Record& record) const {
    if constexpr (requires { record.source; })
      return fmt::format("{}:{}", now_.files[index(record.source.file)].name, record.source.line);
    return "";
  }

  /// The keys of a record, those of the rows that it refers to in the place of their numbers.
  template <typename Record>
  std::string id_of_fact(const Record& record) const {
    std::string words;
    each_column<Record>([&](const auto& column) {
      if (column.role != Role::key) return;
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(record.*column.member)>, RowNumber>)
        add_word(words, id_of_row(column.refers_to, record.*column.member).first);
      else
        add_word(words, shown(record.*column.member));
    });
    return words;
  }
  /// The same of a row of a table, and its source.
  std::pair<std::string, std::string> id_of_row(std::string_view table, RowNumber number) const {
    std::pair<std::string, std::string> result;
    Records::each_table([&](std::string_view name, auto member) {
      using Record = typename std::remove_cvref_t<decltype(now_.*member)>::value_type;
      if constexpr (!std::is_same_v<Record, AttributeRecord>)
        if (name == table) {
          const Record& record = (now_.*member)[index(number)];
          result = {id_of_fact(record), source_of(record)};
        }
    });
    return result;
  }

  template <typename Record>
  void note(Change change, std::string_view table, const Record& record, std::string_view field = "",
            std::string before = "", std::string after = "") {
    if constexpr (std::is_same_v<Record, FileRecord> || std::is_same_v<Record, SameRecord>) return;
    if constexpr (std::is_same_v<Record, AttributeRecord>) {
      const std::string_view entry_table = name_of(record.kind);
      const bool is_new = index(record.row) >= size_before_[entry_table];
      if (change == Change::gone || is_new) return;  // an empty cell says nothing; who is new is listed as a whole
      auto [id, source] = id_of_row(entry_table, record.row);
      if (change == Change::added) after = record.value;
      differences_.push_back({Change::changed, entry_table, id, record.column_name, before, after, source});
    } else {
      differences_.push_back({change, table, id_of_fact(record), std::string(field), std::move(before),
                              std::move(after), source_of(record)});
    }
  }

  /// The first time that a fact is seen: since when it is known.
  template <typename Record>
  void date(Record& record) const {
    if constexpr (requires { record.known_on; }) {
      const DateInterval own = own_date(record);
      const bool said = record.known_on.known() && record.known_on != own;
      if (!first_seen_ || said || (own.known() && own.high > *first_seen_)) return;
      if constexpr (std::is_same_v<Record, InvestmentRecord>)
        if (index(record.round) >= size_before_.at("rounds")) return;  // known with its round
      record.known_on = DateInterval::of(*first_seen_);
    }
  }

  template <typename Record>
  void change(std::string_view table, Record& record, Record newer) {
    bool changed = false;
    const Record before = record;
    if constexpr (std::is_same_v<Record, RoundRecord>)
      if (newer.round.empty()) {  // what follows from a round's name stays with it
        newer.stage_order = record.stage_order;
        if (newer.kind == RoundKind::primary) newer.kind = record.kind;
      }
    each_column<Record>([&](const auto& column) {
      auto& value = record.*column.member;
      const auto& other = newer.*column.member;
      const bool is_news = column.role == Role::said && !(other == value) && !shown(other).empty();
      const bool is_first = column.role == Role::first_seen && shown(value).empty();
      if (is_news || is_first) value = other;
      changed = changed || is_news;
    });
    if constexpr (std::is_same_v<Record, RoundRecord>) {
      record.round_id = newer.round_id;  // one that was made follows date and amount
      // What was printed then stays, though nothing was, unless the newer source says what it was.
      record.amount_then = newer.amount_then == newer.amount ? before.amount_then : newer.amount_then;
    }
    if (!changed) return;
    if constexpr (requires { record.source; }) record.source = newer.source;
    each_column<Record>([&](const auto& column) {
      if (column.role == Role::said && !(before.*column.member == record.*column.member))
        note(Change::changed, table, record, column.name, shown(before.*column.member), shown(record.*column.member));
    });
  }

  /// Brings one table up to date, and remembers where rows of the newer source are now.
  template <typename Record>
  void merge(std::string_view table, std::vector<Record> Records::*member) {
    std::vector<Record>& rows = now_.*member;
    std::map<std::string, std::uint32_t> place_of_key;
    Keys<Record> old_keys, new_keys;
    for (const Record& row : rows) place_of_key.emplace(old_keys.next(row), place_of_key.size());
    std::vector<bool> seen(rows.size());
    std::vector<std::uint32_t>& places = places_[table];
    for (Record row : newer_.*member) {
      if constexpr (std::is_same_v<Record, InvestmentRecord>)
        row.round = static_cast<RowNumber>(places_["rounds"][index(row.round)]);
      if constexpr (std::is_same_v<Record, AttributeRecord>)
        row.row = static_cast<RowNumber>(places_[name_of(row.kind)][index(row.row)]);
      const auto found = place_of_key.find(new_keys.next(row));
      if (found != place_of_key.end()) {
        places.push_back(found->second);
        seen[found->second] = true;
        change(table, rows[found->second], std::move(row));
      } else {
        places.push_back(static_cast<std::uint32_t>(rows.size()));
        date(row);
        rows.push_back(row);
        note(Change::added, table, row);
      }
    }
    for (std::size_t row = 0; row < seen.size(); ++row)
      if (!seen[row]) note(Change::gone, table, rows[row]);
  }

  /// Rows that are parts of others change as a whole. `parent` gives the table of the other row and the number of it.
  template <typename Record, typename Parent>
  void replace_parts(std::string_view field, std::vector<Record> Records::*member, const Parent& parent) {
    std::map<std::pair<std::string_view, RowNumber>, std::vector<Record>> parts, newer_parts;
    for (Record& row : now_.*member) parts[{parent(row).first, *parent(row).second}].push_back(row);
    for (Record& row : newer_.*member) {
      const auto [table, number] = parent(row);
      *number = static_cast<RowNumber>(places_[table][index(*number)]);
      newer_parts[{table, *number}].push_back(row);
    }
    const auto text_of = [](const std::vector<Record>& rows) {
      std::string text;
      for (const Record& row : rows) {
        text += text.empty() ? "" : "; ";
        std::string words;
        each_column<Record>([&](const auto& column) {
          if (!column.name.ends_with("_id")) add_word(words, shown(row.*column.member));
        });
        text += words;
      }
      return text;
    };
    for (auto& [owner, rows] : newer_parts) {
      const auto& [table, number] = owner;
      std::string before = text_of(parts[owner]), after = text_of(rows);
      if (before == after) continue;
      parts[owner] = rows;
      if (index(number) >= size_before_[table]) continue;
      auto [id, source] = id_of_row(table, number);
      differences_.push_back({Change::changed, table, id, std::string(field), before, after, source});
    }
    (now_.*member).clear();
    for (const auto& [owner, rows] : parts) (now_.*member).insert((now_.*member).end(), rows.begin(), rows.end());
  }

  /// Problems of files that were not read before.
  void add_problems() {
    for (const ProblemRecord& problem : newer_.problems)
      if (index(problem.source.file) >= size_before_["files"]) now_.problems.push_back(problem);
  }

  /// Sorts a table, and lets the attributes follow.
  template <typename Record, typename Key>
  void sort(EntryKind kind, std::vector<Record> Records::*member, const Key& key) {
    std::vector<Record>& rows = now_.*member;
    std::vector<std::uint32_t> order(rows.size()), place(rows.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](auto a, auto b) { return key(rows[a]) < key(rows[b]); });
    std::vector<Record> sorted;
    for (const std::uint32_t row : order) {
      place[row] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(rows[row]));
    }
    rows = std::move(sorted);
    for (AttributeRecord& attribute : now_.attributes)
      if (attribute.kind == kind) attribute.row = static_cast<RowNumber>(place[index(attribute.row)]);
  }

  Records now_, newer_;
  std::optional<Day> first_seen_;
  std::map<std::string_view, std::size_t> size_before_;
  std::map<std::string_view, std::vector<std::uint32_t>> places_;  // of the rows of the newer source, by table
  std::vector<Difference> differences_;
};

}  // namespace

std::string_view name_of(Change change) {
  static constexpr std::array<std::string_view, 3> names{"added", "changed", "gone"};
  return names.at(static_cast<std::size_t>(change));
}

Result<Update> update(const Dataset& data, const Dataset& newer, std::optional<Day> first_seen, Identity identity) {
  Updater updater(data, newer, first_seen);
  if (identity == Identity::safe) updater.join_spellings();
  return updater.run();
}

}  // namespace coinvest
