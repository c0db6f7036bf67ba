// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/lists.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {
namespace {

/// What continuation rows leave to the row above them.
struct Company {
  std::string name, id, sector;
};

/// The investors of a row: those of the list, and those of the list of leads.
NameList investors_of(const Rows& rows, Conjunctions conjunctions) {
  NameList list = split_names(rows.text(Field::lead_investors), conjunctions);
  for (ListedName& lead : list.names) lead.lead = Lead::yes;
  NameList all = split_names(rows.text(Field::investors), conjunctions);
  for (const ListedName& listed : all.names) {
    if (std::ranges::find(list.names, listed.name, &ListedName::name) == list.names.end()) list.names.push_back(listed);
  }
  list.incomplete |= all.incomplete;
  std::erase_if(list.names, [](const ListedName& listed) { return listed.name == "-"; });
  return list;
}

/// True if the source counts more investors than it names.
bool counts_more_than(const Rows& rows, std::size_t named) {
  const std::string_view text = rows.text(Field::investor_count);
  std::size_t count = 0;
  return std::from_chars(text.data(), text.data() + text.size(), count).ec == std::errc{} && count > named;
}

void add_participants(Rows& rows, Reading& reading, RoundId round, const NameList& list) {
  for (const ListedName& listed : list.names) {
    if (!reading.raw() && is_placeholder(listed.name)) {
      reading.builder.add_unknown_participant(round);
      rows.problem(ProblemKind::placeholder, Field::investors,
                   fmt::format("'{}' is nobody in particular: an unknown participant", visible(listed.name)));
    } else if (const auto fault = name_fault(listed.name)) {
      rows.problem(ProblemKind::bad_name, Field::investors, *fault);
    } else {
      reading.builder.add_participation({round, listed.name, listed.lead, {}, {}, rows.source()});
    }
  }
  if (list.incomplete || counts_more_than(rows, list.names.size())) reading.builder.mark_incomplete(round);
}

}  // namespace

/// One row per round, its investors in lists. Of a listing or an acquisition the row is an exit.
Result<void> read_deals(Rows& rows, Reading& reading) {
  Company company;
  return for_each_row(rows, [&] {
    const bool continues = rows.layout().continuation == Continuation::fill_down && rows.text(Field::company).empty() &&
                           !company.name.empty();
    if (!continues) {
      const auto named = rows.company();
      company = {};
      if (!named) return;
      company = {std::string(named->name), std::string(named->id), std::string(rows.text(Field::sector))};
      if (rows.layout().continuation == Continuation::fill_down) {
        reading.builder.describe_company(reading.builder.company(*named, rows.source()), company.sector, "",
                                         rows.text(Field::status), rows.date(Field::founded));
      }
    }
    const std::string_view type = rows.text(Field::deal_type);
    const std::string_view written = rows.text(Field::round);
    const std::string_view series = written == "-" ? "" : written;
    const bool by_type = series.empty() || (!type.empty() && reading.round_name(type).kind != RoundKind::primary);
    const std::string_view label = by_type ? type : series;
    const RoundName& name = reading.round_name(label);
    if (name.stage == "none") return;  // 尚未获投: the company is there, a round is not

    RoundInput round = round_of(rows, {company.name, company.id}, label, name);
    round.sector = company.sector;
    const NameList list = investors_of(rows, reading.options.conjunctions);
    const bool says_nothing = label.empty() && !round.announced.known() && list.names.empty();
    const bool is_company_alone = says_nothing && !continues && rows.text(Field::date) == "-";
    if (is_company_alone && rows.layout().continuation == Continuation::fill_down) return;
    if (says_nothing) return rows.reject("no round: neither date, name nor investors: row left out");
    if (name.kind == RoundKind::ipo || name.kind == RoundKind::merger) {
      ExitRow exit = event_of(round, reading.builder.company(round.company, round.source));
      if (name.kind == RoundKind::merger && !list.names.empty()) exit.acquirer = list.names.front().name;
      rows.keep_others(reading.builder.add_exit(std::move(exit)));
      return;
    }
    const auto id = add_named_round(rows, reading, round);
    if (!id) return;
    add_participants(rows, reading, *id, list);
    rows.keep_others(entry_of(*id));
  });
}

}  // namespace coinvest
