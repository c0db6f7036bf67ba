// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/amount.hpp"
#include "coinvest/ingest/lists.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

struct LeadWord {
  std::string_view text;
  Lead lead;
};
constexpr auto lead_words = std::to_array<LeadWord>({
    {"1", Lead::yes},
    {"true", Lead::yes},
    {"t", Lead::yes},
    {"yes", Lead::yes},
    {"y", Lead::yes},
    {"是", Lead::yes},
    {"lead", Lead::yes},
    {"领投", Lead::yes},
    {"独家", Lead::yes},
    {"独家投资", Lead::yes},
    {"0", Lead::no},
    {"false", Lead::no},
    {"f", Lead::no},
    {"no", Lead::no},
    {"n", Lead::no},
    {"否", Lead::no},
    {"跟投", Lead::no},
    {"参投", Lead::no},
});

/// What a spreadsheet shows of `=HYPERLINK("address","text")`: its text; of any other cell all of it.
std::string_view text_of_link(std::string_view cell) {
  if (!cell.starts_with("=HYPERLINK(") || !cell.ends_with("\")")) return cell;
  const std::string_view inside = cell.substr(0, cell.size() - 2);
  const std::size_t quote = inside.rfind('"');
  return quote == std::string_view::npos ? cell : inside.substr(quote + 1);
}

/// A cell as it may stand in a message.
std::string quoted(std::string_view text) {
  return fmt::format("'{}'", visible(clip(text, 80)));
}

}  // namespace

std::pair<RoundId, bool> Reading::add_round(const RoundInput& round) {
  const std::size_t before = builder.rounds();
  const RoundId id = builder.add_round(round);
  return {id, index(id) == before};
}

const RoundName& Reading::round_name(std::string_view label) {
  const auto seen = round_names.find(label);
  if (seen != round_names.end()) return seen->second;
  return round_names.emplace(std::string(label), read_round_name(label)).first->second;
}

std::optional<OrganisationName> Reading::named(std::string_view id, std::optional<OrganisationName> built) {
  if (built) return built;
  const auto known = known_names.find(id);
  if (known != known_names.end()) return OrganisationName(known->second, id);
  unnamed_ids.emplace(id);
  return std::nullopt;
}

Rows::Rows(OpenTable& table, FileId file, Reading& reading) : table_(table), file_(file), reading_(reading) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const auto meaning = table.columns.meaning(column);
    if (meaning != Field::unused && !table.layout->reads(meaning)) others_.push_back(column);
  }
}

Result<bool> Rows::next() {
  constexpr std::uint64_t pause = 4096;
  while (true) {
    reading_.builder.add_record(source(), table_.reader.record());
    const auto more = table_.reader.next();
    if (!more) return tl::unexpected(more.error());
    if (++rows_ % pause == 0 || !*more) {
      if (reading_.context.stopped()) return cancelled();
      reading_.context.advance(table_.reader.position() - reported_);
      reported_ = table_.reader.position();
    }
    if (!*more) return false;
    reading_.builder.count_row(file_);
    fields_ = table_.reader.fields();
    if (fields_.size() == table_.columns.size()) return true;
    reject(fmt::format("{} fields where the header has {}: row left out", fields_.size(), table_.columns.size()));
  }
}

SourceRow Rows::source() const {
  constexpr std::uint64_t last = std::numeric_limits<std::uint32_t>::max();
  return {file_, static_cast<std::uint32_t>(std::min(table_.reader.line(), last))};
}

std::string_view Rows::cell(Field field) const {
  const auto column = table_.columns.find(field);
  return column ? text_of_link(fields_[*column]) : std::string_view();
}

void Rows::problem(ProblemKind kind, Field field, std::string what) {
  const auto column = table_.columns.find(field);
  reading_.builder.add_problem(kind, source(), column ? table_.columns.header(*column) : "", std::move(what));
}

bool Rows::acceptable(std::string_view name, Field field) {
  if (const auto fault = name_fault(name)) {
    problem(ProblemKind::bad_name, field, *fault);
    return false;
  }
  if (const auto character = suspect_character(name)) {
    problem(ProblemKind::suspect_character, field, fmt::format("{} holds {}: kept", quoted(name), *character));
  }
  return true;
}

std::optional<std::string_view> Rows::name(Field field) {
  const std::string_view name = reading_.raw() ? cell(field) : text(field);
  if (name.empty()) {
    problem(ProblemKind::missing_name, field, fmt::format("no {}: row left out", name_of(field)));
    return std::nullopt;
  }
  if (field == Field::investor && !reading_.raw() && looks_like_list(name)) {
    problem(ProblemKind::several_names, field, fmt::format("{} looks like several names: kept as one", quoted(name)));
  }
  return acceptable(name, field) ? std::optional(name) : std::nullopt;
}

std::optional<std::string_view> Rows::optional_name(Field field) {
  const std::string_view name = reading_.raw() ? cell(field) : text(field);
  return !name.empty() && acceptable(name, field) ? std::optional(name) : std::nullopt;
}

template <typename Lookup>
std::optional<OrganisationName> Rows::organisation(Field field, Field id_field, Lookup with_id) {
  const std::string_view id = layout().reads(id_field) ? text(id_field) : "";
  if (!id.empty() && text(field).empty()) {
    auto known = reading_.named(id, with_id(id));
    if (!known)
      problem(ProblemKind::missing_name, id_field, fmt::format("no table names {}: row left out", quoted(id)));
    return known;
  }
  const auto written = name(field);
  if (!written) return std::nullopt;
  const auto known = id.empty() ? with_id(*written) : std::nullopt;
  return known ? known : OrganisationName(*written, id);
}

std::optional<OrganisationName> Rows::company() {
  const bool by_code = text(Field::company_id).empty() && !text(Field::credit_code).empty();
  return organisation(Field::company, by_code ? Field::credit_code : Field::company_id,
                      [&](std::string_view id) { return reading_.builder.company_with_id(id); });
}

std::optional<OrganisationName> Rows::investor(Field field, Field id_field) {
  return organisation(field, id_field, [&](std::string_view id) { return reading_.builder.investor_with_id(id); });
}

std::optional<OrganisationName> Rows::optional_investor(Field field) {
  return text(field).empty() ? std::nullopt : investor(field);
}

std::optional<double> Rows::number(Field field) {
  const std::string_view text = this->text(field);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (trouble == std::errc() && end == text.data() + text.size() && std::isfinite(value)) return value;
  problem(ProblemKind::bad_value, field, fmt::format("{} is no number: left out", quoted(text)));
  return std::nullopt;
}

void Rows::keep_others(std::optional<Entry> entry) {
  if (!entry) return;
  for (const std::size_t column : others_) {
    const std::string_view value = trim(fields_[column]);
    if (!value.empty()) reading_.builder.add_attribute(*entry, table_.columns.header(column), value);
  }
}

DateInterval Rows::date(Field field) {
  const std::string_view text = this->text(field);
  if (text.empty() || text == "-") return {};
  const auto date = parse_date(text, reading_.options.date_order);
  if (date) return *date;
  if (const auto worded = parse_date(with_month_number(text))) return *worded;
  problem(ProblemKind::bad_date, field, date.error().message + ": read as undated");
  report_shift(field);
  return {};
}

void Rows::report_shift(Field field) {
  const std::size_t column = *table_.columns.find(field);
  for (const std::size_t beside : {column - 1, column + 1}) {  // before the first: beyond the last
    if (beside >= fields_.size() || table_.columns.is_date(beside)) continue;
    if (const auto cell = trim(fields_[beside]); cell.size() >= 8 && parse_date(cell, reading_.options.date_order))
      problem(ProblemKind::shifted_columns, field,
              fmt::format("{} stands where a date should, and a date, {}, under '{}': is the row shifted?",
                          quoted(text(field)), quoted(cell), visible(table_.columns.header(beside))));
  }
}

Amount Rows::amount(Field field, Currency column) {
  const std::string_view written = text(field);
  const std::string_view unit = written.empty() ? "" : layout().amount_unit;
  auto amount = unit.empty() ? parse_amount(written, column) : parse_amount(std::string(written).append(unit), column);
  if (amount) return *amount;
  problem(ProblemKind::bad_amount, field, amount.error().message + ": read as undisclosed");
  return {0, Amount::unbounded, Precision::undisclosed, column};
}

Amount Rows::amount_or_dollars(Field field, Field dollars, Currency column) {
  const bool in_dollars = text(field).empty() && !text(dollars).empty();
  return in_dollars ? amount(dollars, Currency("USD")) : amount(field, column);
}

Amount Rows::amount_or_dollars(Currency column) {
  return amount_or_dollars(Field::amount, Field::amount_usd, column);
}

Amount Rows::valuation(Field field, Field dollars, Field own_currency, Currency of_round) {
  const Currency own = text(own_currency).empty() ? of_round : currency(own_currency);
  if (text(field).empty() && text(dollars).empty()) return {};  // as in most rows
  const Amount worth = amount_or_dollars(field, dollars, own);
  return worth.disclosed() && worth.high != 0 ? worth : Amount{};
}

Currency Rows::currency(Field field) {
  const std::string_view text = this->text(field);
  if (text.empty()) return {};
  if (text == currency_text_) return currency_;
  if (const auto currency = parse_currency(text)) {
    currency_text_ = text;
    return currency_ = *currency;
  }
  problem(ProblemKind::bad_value, field, fmt::format("{} is no currency code: left out", quoted(text)));
  return {};
}

Grade Rows::grade() {
  const std::string_view text = this->text(Field::grade);
  if (text.empty()) return Grade::ungraded;
  for (const Grade grade : {Grade::A, Grade::B, Grade::C}) {
    if (text == name_of(grade)) return grade;
  }
  problem(ProblemKind::bad_value, Field::grade, fmt::format("{} is no grade (A, B, C): left out", quoted(text)));
  return Grade::ungraded;
}

Lead Rows::lead() {
  const std::string_view text = this->text(Field::is_lead);
  if (text.empty()) return Lead::unknown;
  const auto found = std::ranges::find(lead_words, lower_ascii(text), &LeadWord::text);
  if (found != lead_words.end()) return found->lead;
  problem(ProblemKind::bad_value, Field::is_lead, fmt::format("{} is neither yes nor no: left out", quoted(text)));
  return Lead::unknown;
}

}  // namespace coinvest
