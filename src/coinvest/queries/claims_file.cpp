// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <set>

#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/base/toml.hpp"
#include "coinvest/ingest/amount.hpp"
#include "coinvest/queries/claims.hpp"

namespace coinvest {
namespace {

constexpr std::array<std::string_view, 11> selection_keys{"sector",    "country", "stage", "investor_type",
                                                          "min_grade", "rollup",  "kinds", "partial_date",
                                                          "from",      "to",      "as_of"};
constexpr std::array<std::string_view, 3> file_keys{"dataset", "known_by", "claim"};
constexpr std::array<std::string_view, 7> claim_keys{"id",     "statement", "kind",    "note",
                                                     "source", "company",   "investor"};
constexpr std::array<std::string_view, 5> expectations{"at_least", "at_most", "equals", "between", "none"};
constexpr std::array<std::string_view, 3> rollups{"none", "manager", "group"};        // in the order of Rollup,
constexpr std::array<std::string_view, 3> partial_dates{"strict", "overlap", "mid"};  // PartialDate,
constexpr std::array<std::string_view, 3> grades{"A", "B", "C"};                      // Grade

/// A text, number or date as it would be written in quotes.
std::string text_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return fmt::format("{}", *number);
  if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  if (const auto day = node.value_exact<toml::date>())
    return fmt::format("{:04}-{:02}-{:02}", day->year, day->month, day->day);
  return {};
}

/// Reads values out of tables and remembers the first thing that was wrong.
class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  std::optional<Error> trouble;

  void complain(const toml::node& node, std::string sentence) {
    if (!trouble) trouble = Error{ErrorKind::input, std::move(sentence), place_of(node, file_)};
  }

  /// One text or a list of them.
  std::vector<std::string> texts(const toml::table& table, std::string_view key) {
    std::vector<std::string> all;
    const toml::node* node = table.get(key);
    if (node == nullptr) return all;
    const auto add = [&](const toml::node& part) {
      all.push_back(text_of(part));
      if (trim(all.back()).empty()) complain(part, fmt::format("'{}' must be a text or a list of texts", key));
    };
    if (const toml::array* list = node->as_array())
      for (const toml::node& part : *list) add(part);
    else
      add(*node);
    return all;
  }

  std::string text(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return {};
    std::string text = text_of(*node);
    if (trim(text).empty()) complain(*node, fmt::format("'{}' must be a text", key));
    return text;
  }

  DateInterval date_of(const toml::node& node, std::string_view text) {
    const auto date = parse_date(text);
    if (!date) complain(node, date.error().message);
    return date.value_or(DateInterval{});
  }

  std::optional<DateInterval> date(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    return node == nullptr ? std::nullopt : std::optional(date_of(*node, text_of(*node)));
  }

  std::optional<DayRange> period(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return {};
    const auto period = parse_period(text_of(*node));
    if (!period) complain(*node, period.error().message);
    return period.value_or(DayRange{});
  }

  std::int64_t count(const toml::table& table, std::string_view key, std::int64_t otherwise) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return otherwise;
    const auto number = node->value_exact<std::int64_t>().value_or(0);
    if (number < 1 || number > 1'000'000) complain(*node, fmt::format("'{}' must be a whole number above 0", key));
    return number;
  }

  /// The place of a word in a list; `otherwise` without the key.
  template <typename Words>
  std::size_t word(const toml::table& table, std::string_view key, const Words& words, std::size_t otherwise) {
    const toml::node* node = table.get(key);
    return node == nullptr ? otherwise : place_in(*node, text_of(*node), key, words);
  }

  template <typename Words>
  std::size_t place_in(const toml::node& node, const std::string& word, std::string_view key, const Words& words) {
    const auto at = std::find(words.begin(), words.end(), word);
    if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
    complain(node, fmt::format("'{}' is no {}{}", word, key,
                               did_you_mean(word, {words.begin(), words.end()},
                                            fmt::format("; known are {}", fmt::join(words, ", ")))));
    return 0;
  }

  void check(const toml::table& table, const std::vector<std::string_view>& known) {
    if (const auto checked = check_keys(table, known, file_); !checked && !trouble) trouble = checked.error();
  }

  Place place(const toml::node& node) const { return place_of(node, file_); }

 private:
  const std::string& file_;
};

Selection read_selection(Reader& reader, const toml::table& table, Selection selection) {
  const auto replace = [&](std::string_view key, std::vector<std::string>& words) {
    if (table.contains(key)) words = reader.texts(table, key);
  };
  replace("sector", selection.sectors);
  replace("country", selection.countries);
  replace("stage", selection.stages);
  replace("investor_type", selection.investor_types);
  if (table.contains("min_grade")) selection.min_grade = static_cast<Grade>(reader.word(table, "min_grade", grades, 0));
  if (table.contains("rollup")) selection.rollup = static_cast<Rollup>(reader.word(table, "rollup", rollups, 0));
  selection.partial_date = static_cast<PartialDate>(
      reader.word(table, "partial_date", partial_dates, static_cast<std::size_t>(selection.partial_date)));
  if (const toml::node* node = table.get("kinds")) {
    std::array<std::string_view, round_kinds.size() + 1> words{"all"};
    for (std::size_t i = 0; i < round_kinds.size(); ++i) words.at(i + 1) = name_of(round_kinds.at(i));
    selection.kinds.clear();
    for (const std::string& word : reader.texts(table, "kinds"))
      if (const std::size_t at = reader.place_in(*node, word, "kind of round", words); at > 0)
        selection.kinds.push_back(round_kinds.at(at - 1));
  }
  if (const auto date = reader.date(table, "from")) selection.from = date->low;
  if (const auto date = reader.date(table, "to")) selection.to = date->high;
  if (const auto date = reader.date(table, "as_of")) selection.as_of = date->high;
  if (selection.from && selection.to && *selection.from > *selection.to)
    reader.complain(*table.get(table.contains("to") ? "to" : "from"), "'to' lies before 'from'");
  return selection;
}

/// A number of the claim's unit as the range that its text allows: 30, "47亿元", "约1亿元", "2022-03".
NumberRange read_number(Reader& reader, const toml::node& node, Claim& claim, ClaimUnit unit) {
  if (unit == ClaimUnit::date) {
    const DateInterval date = reader.date_of(node, text_of(node));
    return {date.low.time_since_epoch().count(), date.high.time_since_epoch().count()};
  }
  if (unit == ClaimUnit::money && node.is_string()) {
    const auto amount = parse_amount(text_of(node), claim.currency);
    if (!amount || !amount->disclosed()) {
      reader.complain(node, amount ? "an amount is needed" : amount.error().message);
      return {};
    }
    if (claim.currency.known() && amount->currency != claim.currency)
      reader.complain(
          node, fmt::format("the amount is in {}, the claim in {}", amount->currency.text(), claim.currency.text()));
    claim.currency = amount->currency;
    return {amount->low, amount->high};  // unbounded is the same number in both
  }
  const auto number = node.value<double>();  // of whole numbers, too
  const double scaled = number.value_or(NAN) * (unit == ClaimUnit::money ? 100 : 1);
  if (!node.is_number() || !(std::abs(scaled) <= 1e15) || (unit != ClaimUnit::money && scaled != std::floor(scaled))) {
    reader.complain(
        node, unit == ClaimUnit::money ? "an amount is needed: 2.5e9, or \"25亿元\"" : "a whole number is needed");
    return {};
  }
  return {std::llround(scaled), std::llround(scaled)};
}
static_assert(Amount::unbounded == NumberRange::most);

void read_expectation(Reader& reader, const toml::table& table, Claim& claim) {
  const auto is_given = [&](std::string_view key) { return table.contains(key); };
  if (std::count_if(expectations.begin(), expectations.end(), is_given) != 1) {
    reader.complain(table, fmt::format("a claim says what it expects with one of {}", fmt::join(expectations, ", ")));
    return;
  }
  const std::string_view key = *std::find_if(expectations.begin(), expectations.end(), is_given);
  const toml::node& node = *table.get(key);
  const ClaimUnit unit = claim.kind->unit;
  if (key == "none") {
    if (!node.value_exact<bool>().value_or(false)) reader.complain(node, "'none' can only be true");
    if (unit == ClaimUnit::date || unit == ClaimUnit::days) reader.complain(node, "'none' needs something to count");
    claim.expected = {0, 0};
    claim.expectation = "none";
  } else if (key == "between") {
    const toml::array* ends = node.as_array();
    if (ends == nullptr || ends->size() != 2) {
      reader.complain(node, "'between' needs a list of two values");
      return;
    }
    const auto low = read_number(reader, *ends->get(0), claim, unit);
    const auto high = read_number(reader, *ends->get(1), claim, unit);
    claim.expected = {low.low, high.high};
    claim.expectation = fmt::format("between {} and {}", text_of(*ends->get(0)), text_of(*ends->get(1)));
    if (low.low > high.high) reader.complain(node, "'between' ends before it begins");
  } else {
    claim.expected = read_number(reader, node, claim, unit);
    if (key == "at_least") claim.expected.high = NumberRange::most;
    if (key == "at_most") claim.expected.low = NumberRange::least;
    claim.expectation = fmt::format("{} {}",
                                    key == "at_least"  ? "at least"
                                    : key == "at_most" ? "at most"
                                                       : key,
                                    text_of(node));
  }
}

std::vector<std::string_view> words(std::string_view list) {
  return list.empty() ? std::vector<std::string_view>{} : split(list, ',');
}

/// What the kind of a claim asks for besides its selection.
void read_details(Reader& reader, const toml::table& table, Claim& claim) {
  claim.before = reader.period(table, "before");
  claim.since = reader.date(table, "since").value_or(DateInterval{});
  claim.nth = static_cast<std::uint64_t>(reader.count(table, "nth", 1));
  claim.least_rounds = static_cast<std::uint64_t>(reader.count(table, "min_rounds", 1));
  claim.days = reader.count(table, "days", 0);
  if (const toml::node* node = table.get("currency")) {
    claim.currency = parse_currency(text_of(*node)).value_or(Currency{});
    if (!claim.currency.known()) reader.complain(*node, fmt::format("'{}' is no currency", text_of(*node)));
  }
  if (const toml::node* node = table.get("threshold"))
    claim.threshold = read_number(reader, *node, claim, ClaimUnit::money).low;
  if (const toml::node* node = table.get("change")) {
    std::vector<std::string_view> names;
    for (const RegistryKind& kind : registry_kinds()) names.push_back(kind.name);
    for (const std::string& word : reader.texts(table, "change"))
      claim.changes.push_back(registry_kinds()[reader.place_in(*node, word, "change", names)].code);
  }
}

Claim read_claim(Reader& reader, const toml::table& table, const Selection& base) {
  Claim claim;
  claim.where = reader.place(table);
  for (const std::string_view key : {"id", "statement", "kind"})
    if (!table.contains(key)) reader.complain(table, fmt::format("a claim needs '{}'", key));
  if (reader.trouble) return claim;
  std::vector<std::string_view> names;
  for (const ClaimKind& kind : claim_kinds()) names.push_back(kind.name);
  claim.kind = &claim_kinds()[reader.word(table, "kind", names, 0)];

  std::vector<std::string_view> known(claim_keys.begin(), claim_keys.end());
  known.insert(known.end(), selection_keys.begin(), selection_keys.end());
  known.insert(known.end(), expectations.begin(), expectations.end());
  for (const std::string_view list : {claim.kind->needs, claim.kind->takes})
    for (const std::string_view key : words(list)) known.push_back(key);
  reader.check(table, known);
  for (const std::string_view key : words(claim.kind->needs))
    if (!table.contains(key))
      reader.complain(table, fmt::format("a claim of kind {} needs '{}'", claim.kind->name, key));

  claim.id = reader.text(table, "id");
  claim.statement = reader.text(table, "statement");
  claim.note = reader.text(table, "note");
  claim.source = reader.text(table, "source");
  claim.company = reader.text(table, "company");
  claim.investor = reader.text(table, "investor");
  claim.selection = read_selection(reader, table, base);
  read_details(reader, table, claim);
  read_expectation(reader, table, claim);
  return claim;
}

}  // namespace

Result<ClaimsFile> read_claims(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  return parse_claims(*text, path);
}

Result<ClaimsFile> parse_claims(std::string_view text, const std::string& file) {
  const auto table = parse_toml(text, file);
  if (!table) return tl::unexpected(table.error());
  Reader reader(file);
  std::vector<std::string_view> known(file_keys.begin(), file_keys.end());
  known.insert(known.end(), selection_keys.begin(), selection_keys.end());
  reader.check(*table, known);

  ClaimsFile claims;
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  for (const std::string& path : reader.texts(*table, "dataset")) claims.dataset.push_back((folder / path).string());
  if (const toml::node* node = table->get("known_by"))
    for (const std::string& day : reader.texts(*table, "known_by"))
      claims.known_by.insert(reader.date_of(*node, day).high);
  if (reader.trouble) return tl::unexpected(*reader.trouble);

  const Selection base = read_selection(reader, *table, {});
  const toml::node* list = table->get("claim");
  if (list != nullptr && !list->is_array_of_tables()) reader.complain(*list, "claims are written as [[claim]]");
  if (reader.trouble) return tl::unexpected(*reader.trouble);
  if (list == nullptr) return fail(ErrorKind::input, "no [[claim]] is in the file", {file, 0, ""});
  std::set<std::string> ids;
  for (const toml::node& node : *list->as_array()) {
    claims.claims.push_back(read_claim(reader, *node.as_table(), base));
    if (!ids.insert(claims.claims.back().id).second)
      reader.complain(*node.as_table(), fmt::format("two claims have the id '{}'", claims.claims.back().id));
    if (reader.trouble) return tl::unexpected(*reader.trouble);
  }
  return claims;
}

}  // namespace coinvest
