// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/concentration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "coinvest/base/counted.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/portfolios.hpp"

namespace coinvest {
namespace {

/// Per investor and company the sector, or the stage of entry; "" if unknown.
std::map<InvestorId, std::map<CompanyId, std::string_view>> labels(const Deals& deals, SpreadOver over) {
  std::map<InvestorId, std::map<CompanyId, std::string_view>> of;
  if (over == SpreadOver::sector) {
    const auto sector = sectors(deals);
    for (const auto& [investor, companies] : portfolios(deals))
      for (const CompanyId company : companies) of[investor][company] = sector.at(company);
    return of;
  }
  std::vector<std::size_t> order(deals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t position) { return deals.date(position).low; });  // undated last
  for (const std::size_t position : order)
    for (const InvestorId investor : deals.participants(position)) {
      std::string_view& stage = of[investor][deals.company(position)];
      if (stage.empty()) stage = deals.data->text(deals.data->rounds.stage[index(deals.rounds[position])]);
    }
  return of;
}

/// Disclosed capital of investors by currency and company, in minor units, all vehicles of a house together.
struct Capital {
  std::map<Currency, std::map<CompanyId, std::int64_t>> by_company;
  std::map<Currency, std::uint64_t> amounts;
};

std::map<InvestorId, Capital> capital(const Deals& deals) {
  const Dataset& data = *deals.data;
  const RollupMap rollup(data, deals.rollup);
  std::vector<std::size_t> position_of(data.rounds.size(), deals.size());
  for (std::size_t position = 0; position < deals.size(); ++position)
    position_of[index(deals.rounds[position])] = position;
  std::map<InvestorId, Capital> of;
  const Participations& rows = data.participations;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t position = position_of[index(rows.round[row])];
    const Amount& amount = rows.amount[row];
    if (position == deals.size() || !amount.disclosed()) continue;
    const std::optional<Day>& known_by = deals.selection.known_by;
    if (known_by && rows.known_on[row].known() && rows.known_on[row].high > *known_by) continue;
    const InvestorId investor = rollup.of(rows.investor[row], deals.date(position));
    if (!std::ranges::binary_search(deals.participants(position), investor)) continue;
    of[investor].by_company[amount.currency][deals.company(position)] += amount.low;
    ++of[investor].amounts[amount.currency];
  }
  return of;
}

struct Concentration {
  InvestorId investor{};
  std::uint64_t companies = 0, known = 0, groups = 0;
  double hhi = std::numeric_limits<double>::quiet_NaN();
  std::string_view largest;
  double largest_share = std::numeric_limits<double>::quiet_NaN();
  double top3 = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t capital_companies = 0;
  std::string currency;
};

void add_capital(Concentration& row, const Capital& of) {
  const auto most = std::ranges::max_element(of.amounts, {}, [](const auto& entry) { return entry.second; });
  std::vector<std::int64_t> sums;
  for (const auto& [company, sum] : of.by_company.at(most->first)) sums.push_back(sum);
  std::ranges::sort(sums, std::ranges::greater{});
  const auto add = [](double sum, std::int64_t minor) { return sum + static_cast<double>(minor); };
  const double all = std::accumulate(sums.begin(), sums.end(), 0.0, add);
  if (all <= 0) return;
  const auto three = sums.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, sums.size()));
  row.top3 = std::accumulate(sums.begin(), three, 0.0, add) / all;
  row.capital_companies = sums.size();
  row.currency = most->first.text();
}

std::string joined(const Dataset& data, const std::vector<CompanyId>& companies) {
  std::string text;
  for (const CompanyId company : companies) text += (text.empty() ? "" : "; ") + data.name(company);
  return text;
}

double share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Table concentration_table(const Deals& deals, SpreadOver over) {
  const auto capital_of = capital(deals);
  std::vector<Concentration> rows;
  for (const auto& [investor, companies] : labels(deals, over)) {
    Concentration& row = rows.emplace_back();
    row.investor = investor;
    row.companies = companies.size();
    std::map<std::string_view, std::size_t> counts;
    for (const auto& [company, label] : companies)
      if (!label.empty()) {
        ++counts[label];
        ++row.known;
      }
    row.groups = counts.size();
    if (row.known > 0) {
      row.hhi = 0;
      std::size_t most = 0;
      for (const auto& [label, count] : counts) {
        row.hhi += share(count, row.known) * share(count, row.known);
        if (count <= most) continue;
        most = count;
        row.largest = label;
      }
      row.largest_share = share(most, row.known);
    }
    if (const auto found = capital_of.find(investor); found != capital_of.end()) add_capital(row, found->second);
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Concentration::companies);

  Table table;
  table.name = "concentration";
  const char* label = over == SpreadOver::sector ? "sector" : "stage of entry";
  table.caption = fmt::format("Concentration of {} by {}", counted(rows.size(), "portfolio", "portfolios"), label);
  if (!rows.empty() && std::ranges::none_of(rows, [](const Concentration& row) { return row.known > 0; }))
    table.notes.push_back(fmt::format("no {} is known: there is nothing to tell companies apart by", label));
  const Dataset& data = *deals.data;
  using Row = Concentration;
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& row) { return Cell{id_text(data, row.investor)}; }},
             {{"name"}, [&](const Row& row) { return Cell{data.name(row.investor)}; }},
             {{"companies"}, [](const Row& row) { return count_cell(row.companies); }},
             {detail("known"), [](const Row& row) { return count_cell(row.known); }},
             {{"groups"}, [](const Row& row) { return count_cell(row.groups); }},
             {{"hhi"}, [](const Row& row) { return number_cell(row.hhi); }},
             {{"largest"}, [](const Row& row) { return text_or_nothing(row.largest); }},
             {{"largest_share"}, [](const Row& row) { return number_cell(row.largest_share); }},
             {detail("top3_capital_share"), [](const Row& row) { return number_cell(row.top3); }},
             {detail("capital_companies"), [](const Row& row) { return count_cell(row.capital_companies); }},
             {detail("currency"), [](const Row& row) { return text_or_nothing(row.currency); }}});
  return table;
}

Result<Table> portfolio_overlap(const Deals& deals, std::string_view investor) {
  const Dataset& data = *deals.data;
  const auto found = investor_called(data, investor);
  if (!found) return tl::unexpected(found.error());
  const InvestorId of = *found;
  const Portfolios held = portfolios(deals);
  const auto own = held.find(of);
  const Portfolio mine = own == held.end() ? Portfolio{} : own->second;
  struct Row {
    InvestorId investor;
    std::size_t companies;
    std::vector<CompanyId> shared;
    double jaccard;
  };
  std::vector<Row> rows;
  for (const auto& [other, theirs] : held) {
    Row row{other, theirs.size(), {}, 0};
    std::ranges::set_intersection(mine, theirs, std::back_inserter(row.shared));
    if (other == of || row.shared.empty()) continue;
    row.jaccard = share(row.shared.size(), mine.size() + theirs.size() - row.shared.size());
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Row::jaccard);
  Table table;
  table.name = "portfolio-overlap";
  table.caption =
      fmt::format("{} holds {}; {} one of them", data.name(of), counted(mine.size(), "company", "companies"),
                  counted(rows.size(), "other holds", "others hold"));
  if (mine.empty()) table.notes.emplace_back("it takes part in none of the selected rounds");
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& row) { return Cell{id_text(data, row.investor)}; }},
             {{"name"}, [&](const Row& row) { return Cell{data.name(row.investor)}; }},
             {{"companies"}, [](const Row& row) { return count_cell(row.companies); }},
             {{"shared"}, [](const Row& row) { return count_cell(row.shared.size()); }},
             {{"jaccard"}, [](const Row& row) { return Cell{row.jaccard}; }},
             {detail("share_of_theirs"), [](const Row& row) { return Cell{share(row.shared.size(), row.companies)}; }},
             {detail("share_of_mine"), [&](const Row& row) { return Cell{share(row.shared.size(), mine.size())}; }},
             {detail("shared_companies"), [&](const Row& row) { return Cell{joined(data, row.shared)}; }}});
  return table;
}

Result<Table> rival_overlap(const Deals& deals, std::string_view company) {
  const Dataset& data = *deals.data;
  const auto found = company_called(data, company);
  if (!found) return tl::unexpected(found.error());
  const CompanyId of = *found;
  const auto sector_of = sectors(deals);
  const auto own = sector_of.find(of);
  const std::string sector = match_key(own == sector_of.end() ? data.companies.sector[index(of)] : own->second);
  if (sector.empty()) return fail(ErrorKind::input, fmt::format("no sector of {} is known", data.name(of)));
  std::set<CompanyId> rivals;
  for (const auto& [candidate, name] : sector_of)
    if (candidate != of && !name.empty() && match_key(name) == sector) rivals.insert(candidate);
  struct Row {
    InvestorId investor;
    std::size_t companies;
    std::vector<CompanyId> rivals;
    bool holds;
  };
  std::vector<Row> rows;
  for (const auto& [investor, held] : portfolios(deals)) {
    Row row{investor, held.size(), {}, held.contains(of)};
    std::ranges::set_intersection(rivals, held, std::back_inserter(row.rivals));
    if (!row.rivals.empty()) rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const Row& row) { return row.rivals.size(); });
  Table table;
  table.name = "rival-overlap";
  table.caption = fmt::format("{} some of the {} other companies in the sector of {}",
                              counted(rows.size(), "investor holds", "investors hold"), rivals.size(), data.name(of));
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& row) { return Cell{id_text(data, row.investor)}; }},
             {{"name"}, [&](const Row& row) { return Cell{data.name(row.investor)}; }},
             {{"companies"}, [](const Row& row) { return count_cell(row.companies); }},
             {{"rivals"}, [](const Row& row) { return count_cell(row.rivals.size()); }},
             {{"share"}, [](const Row& row) { return Cell{share(row.rivals.size(), row.companies)}; }},
             {{"holds"}, [](const Row& row) { return Cell{row.holds}; }},
             {detail("rival_companies"), [&](const Row& row) { return Cell{joined(data, row.rivals)}; }}});
  return table;
}

}  // namespace coinvest
