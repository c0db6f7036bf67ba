// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/layout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

/// Every header that we read; the first of a field is the one that we write.
constexpr auto known_headers = std::to_array<Header>({
    {"round_id", Field::round_id},
    {"funding_round_id", Field::round_id},
    {"funding_round_uuid", Field::round_id},
    {"轮次id", Field::round_id},
    {"融资id", Field::round_id},
    {"company", Field::company},
    {"company_name", Field::company},
    {"company name", Field::company},
    {"company.name", Field::company},
    {"公司", Field::company},
    {"公司名称", Field::company},
    {"被投公司", Field::company},
    {"企业", Field::company},
    {"企业名称", Field::company},
    {"investor", Field::investor},
    {"investor_name", Field::investor},
    {"investor name", Field::investor},
    {"investor.name", Field::investor},
    {"投资方", Field::investor},
    {"投资机构", Field::investor},
    {"投资人", Field::investor},
    {"date", Field::date},
    {"announced_on", Field::date},
    {"announced_date", Field::date},
    {"announced date", Field::date},
    {"funded_when", Field::date},
    {"funded_at", Field::date},
    {"funded_on", Field::date},
    {"exit_date", Field::date},
    {"日期", Field::date},
    {"融资时间", Field::date},
    {"投资时间", Field::date},
    {"时间", Field::date},
    {"known_on", Field::known_on},
    {"round", Field::round},
    {"round_name", Field::round},
    {"round_type", Field::round},
    {"funding_round_type", Field::round},
    {"轮次", Field::round},
    {"融资轮次", Field::round},
    {"投资轮次", Field::round},
    {"kind", Field::kind},
    {"amount", Field::amount},
    {"raised_amount", Field::amount},
    {"price_amount", Field::amount},
    {"金额", Field::amount},
    {"融资金额", Field::amount},
    {"投资金额", Field::amount},
    {"amount_usd", Field::amount_usd},
    {"raised_amount_usd", Field::amount_usd},
    {"amount_low", Field::amount_low},
    {"amount_reported", Field::amount_reported},
    {"amount_text", Field::amount_text},
    {"currency", Field::currency},
    {"price_currency", Field::currency},
    {"price_currency_code", Field::currency},
    {"raised_amount_currency_code", Field::currency},
    {"币种", Field::currency},
    {"货币", Field::currency},
    {"pre_money", Field::pre_money},
    {"pre_money_valuation", Field::pre_money},
    {"pre-money valuation", Field::pre_money},
    {"投前估值", Field::pre_money},
    {"pre_money_usd", Field::pre_money_usd},
    {"pre_money_valuation_usd", Field::pre_money_usd},
    {"pre_money_currency", Field::pre_money_currency},
    {"pre_money_valuation_currency_code", Field::pre_money_currency},
    {"post_money", Field::post_money},
    {"post_money_valuation", Field::post_money},
    {"post-money valuation", Field::post_money},
    {"投后估值", Field::post_money},
    {"post_money_usd", Field::post_money_usd},
    {"post_money_valuation_usd", Field::post_money_usd},
    {"post_money_currency", Field::post_money_currency},
    {"post_money_valuation_currency_code", Field::post_money_currency},
    {"duplicate_of", Field::duplicate_of},
    {"sector", Field::sector},
    {"category", Field::sector},
    {"company_category_code", Field::sector},
    {"行业", Field::sector},
    {"country", Field::country},
    {"country_code", Field::country},
    {"company_country_code", Field::country},
    {"国家", Field::country},
    {"grade", Field::grade},
    {"is_lead", Field::is_lead},
    {"lead", Field::is_lead},
    {"is_lead_investor", Field::is_lead},
    {"领投", Field::is_lead},
    {"是否领投", Field::is_lead},
    {"name", Field::name},
    {"type", Field::type},
    {"founded", Field::founded},
    {"status", Field::status},
    {"alias", Field::alias},
    {"canonical", Field::canonical},
    {"level", Field::level},
    {"valid_from", Field::valid_from},
    {"valid_to", Field::valid_to},
    {"event", Field::event},
    {"exit_type", Field::event},
    {"acquirer", Field::acquirer},
    {"acquirer_name", Field::acquirer},
    {"details", Field::details},
    {"term", Field::details},
    {"shareholder", Field::shareholder},
    {"change", Field::change},
    {"registered_capital_change", Field::capital_change},
    {"holder", Field::holder},
    {"shares", Field::shares},
    {"pct", Field::percent},
    {"as_of", Field::as_of},
    {"company_id", Field::company_id},
    {"credit_code", Field::credit_code},
    {"统一社会信用代码", Field::credit_code},
    {"investor_id", Field::investor_id},
    {"acquirer_id", Field::acquirer_id},
    {"alias_id", Field::alias_id},
    {"canonical_id", Field::canonical_id},
    {"investors", Field::investors},
    {"investor_names", Field::investors},
    {"investors.name", Field::investors},
    {"lead_investors", Field::lead_investors},
    {"lead_ids", Field::lead_ids},
    {"investor_count", Field::investor_count},
    {"deal_type", Field::deal_type},
    {"legal_name", Field::legal_name},
    {"link", Field::link},
    {"size", Field::size},
    {"item", Field::item},
    {"before", Field::before},
    {"after", Field::after},
    {"subscribed", Field::subscribed},
    {"paid", Field::paid},
    {"percent", Field::percent},
    {"capital_before", Field::capital_before},
    {"sold", Field::sold},
    {"bought", Field::bought},
    {"issued", Field::issued},
    {"unused", Field::unused},
});

const std::span<const TableLayout> tables = table_layouts();

/// The header as it may stand in a message.
std::string seen(const Columns& columns) {
  return visible(clip(fmt::format("{}", fmt::join(columns.headers(), "', '")), 200));
}

/// What columns can be mapped to: the fields of the layouts that need no vendor, which are one table each.
std::string mappable_fields() {
  std::vector<std::string_view> names;
  for (const TableLayout& table : tables) {
    if (table.is_vendor() || table.part != Part::both) continue;
    for (const auto fields : {table.needed, table.optional}) {
      for (const Field field : fields) {
        if (std::ranges::find(names, name_of(field)) == names.end()) names.push_back(name_of(field));
      }
    }
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// A single file of these is recognised by its header; companies and investors are so only by their name in a folder.
bool stands_alone(const TableLayout& table) {
  return table.is_vendor() || (table.file != "companies" && table.file != "investors");
}

/// All headers that are read as a field, as `company, company_name, 公司, ...`.
std::string accepted_headers(Field field) {
  std::string text;
  for (const Header& header : known_headers) {
    if (header.field == field) text += (text.empty() ? "" : ", ") + std::string(header.text);
  }
  return text;
}

}  // namespace

std::string_view name_of(Field field) {
  return std::ranges::find(known_headers, field, &Header::field)->text;
}

std::string_view header_of(const TableLayout& table, Field field) {
  const auto own = std::ranges::find(table.headers, field, &Header::field);
  return own == table.headers.end() ? name_of(field) : own->text;
}

std::optional<Field> field_called(std::string_view word) {
  const auto found = std::ranges::find(known_headers, std::string_view(folded_header(word)), &Header::text);
  return found == known_headers.end() ? std::nullopt : std::optional(found->field);
}

std::string folded_header(std::string_view header) {
  return lower_ascii(half_width(trim(header)));
}

std::span<const Header> common_headers() {
  return known_headers;
}

Columns::Columns(std::span<const std::string_view> header, std::span<const Header> known,
                 std::span<const MappedColumn> mapped)
    : first_(field_count, -1) {
  for (const std::string_view text : header) {
    const std::string word = folded_header(text);
    const auto said = std::ranges::find_if(
        mapped, [&](const MappedColumn& m) { return !word.empty() && folded_header(m.column) == word; });
    const auto found = std::ranges::find(known, std::string_view(word), &Header::text);
    std::optional<Field> meaning;
    if (said != mapped.end()) {
      meaning = said->field;
    } else if (found != known.end() && std::ranges::find(mapped, found->field, &MappedColumn::field) == mapped.end()) {
      meaning = found->field;
    }
    meaning_.push_back(meaning);
    if (meaning && !has(*meaning)) {
      first_[static_cast<std::size_t>(*meaning)] = static_cast<std::int32_t>(headers_.size());
    }
    headers_.emplace_back(trim(text));
  }
}

bool Columns::is_date(std::size_t column) const {
  constexpr std::array dates{Field::date, Field::known_on, Field::founded, Field::valid_from, Field::valid_to};
  return meaning_[column] && std::ranges::find(dates, *meaning_[column]) != dates.end();
}

std::vector<std::size_t> Columns::all(Field field) const {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < meaning_.size(); ++i) {
    if (meaning_[i] == field) columns.push_back(i);
  }
  return columns;
}

bool TableLayout::reads(std::optional<Field> meaning) const {
  return meaning && (std::ranges::find(needed, *meaning) != needed.end() ||
                     std::ranges::find(optional, *meaning) != optional.end());
}

const TableLayout* recognise(std::span<const std::string_view> header, std::string_view layout,
                             std::span<const MappedColumn> mapped) {
  const auto fits = [&](const TableLayout& table) {
    const bool wanted = layout.empty() || table.layout.empty() || table.layout == layout;
    if (!wanted || !stands_alone(table)) return false;
    const Columns columns = table.columns_of(header, mapped);
    return std::ranges::all_of(table.needed, [&](Field f) { return columns.has(f); });
  };
  const auto found = std::ranges::find_if(tables, fits);
  return found == tables.end() ? nullptr : &*found;
}

Result<void> check_columns(const Columns& columns, const TableLayout& table, const std::string& file) {
  for (const Field field : table.needed) {
    if (columns.has(field)) continue;
    return fail(ErrorKind::input,
                fmt::format("no column for '{}' (accepted: {}); the header has '{}'", name_of(field),
                            accepted_headers(field), visible(fmt::format("{}", fmt::join(columns.headers(), "', '")))),
                {file, 0, ""});
  }
  for (const auto fields : {table.needed, table.optional}) {
    for (const Field field : fields) {
      const auto all = columns.all(field);
      if (all.size() < 2) continue;
      return fail(ErrorKind::input,
                  fmt::format("columns {} ('{}') and {} ('{}') both are '{}'; keep one of them", all[0] + 1,
                              columns.header(all[0]), all[1] + 1, columns.header(all[1]), name_of(field)),
                  {file, 0, ""});
    }
  }
  return {};
}

const MappedColumn* absent_from(const Columns& columns, std::span<const MappedColumn> mapped) {
  const auto found = std::ranges::find_if(mapped, [&](const MappedColumn& m) {
    return std::ranges::none_of(columns.headers(),
                                [&](const std::string& h) { return folded_header(h) == folded_header(m.column); });
  });
  return found == mapped.end() ? nullptr : &*found;
}

tl::unexpected<Error> not_there(const MappedColumn& mapped, const Columns& columns, const std::string& file,
                                std::uint64_t line) {
  return fail(ErrorKind::input,
              fmt::format("no column '{}', which is mapped to '{}'; the header has '{}'", visible(mapped.column),
                          name_of(mapped.field), seen(columns)),
              {file, line, ""});
}

tl::unexpected<Error> unrecognised(const Columns& columns, const std::string& file, std::uint64_t line) {
  const std::string header = fmt::format("{}", fmt::join(columns.headers(), "', '"));
  if (columns.size() == 1 && header.find("，") != std::string::npos) {
    return fail(ErrorKind::input, "the columns are separated by full-width commas (，); use ',' ';' or TAB",
                {file, line, ""});
  }
  const TableLayout* nearest = nullptr;
  std::vector<Field> missing;
  for (const TableLayout& table : tables) {
    if (table.layout.empty() || table.is_vendor()) continue;
    std::vector<Field> lacks;
    std::ranges::copy_if(table.needed, std::back_inserter(lacks), [&](Field f) { return !columns.has(f); });
    if (nearest != nullptr && lacks.size() >= missing.size()) continue;
    nearest = &table;
    missing = std::move(lacks);
  }
  if (missing.empty()) {
    return fail(ErrorKind::input,
                fmt::format("these are the columns of the {} layout, which was not asked for", nearest->layout),
                {file, line, ""});
  }
  std::string lacks;
  for (const Field field : missing) {
    lacks += fmt::format("{}'{}' (also: {})", lacks.empty() ? "" : " and ", name_of(field), accepted_headers(field));
  }
  return fail(ErrorKind::input,
              fmt::format("no layout has the columns '{}'; the nearest is {}, which needs {}; --map COLUMN=FIELD says "
                          "what a column means, one of {}",
                          seen(columns), nearest->layout, lacks, mappable_fields()),
              {file, line, ""});
}

}  // namespace coinvest
