// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/kinds.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr auto company = ExitLevel::company;
constexpr auto investor = ExitLevel::investor;
constexpr auto counts = CountsAsExit::yes;
constexpr auto ignored = CountsAsExit::no;
constexpr auto liquid = Liquidity::yes;
constexpr auto other = Liquidity::no;

constexpr std::array kinds{
    ExitKind{ExitCode::ipo, "IPO", "listing on an exchange", company, counts, liquid},
    ExitKind{ExitCode::otc, "OTC", "listing over the counter (NEEQ and the like)", company, ignored, other},
    ExitKind{ExitCode::ma_full, "MA_FULL", "acquired or merged, over 95 % or share not stated", company, counts,
             liquid},
    ExitKind{ExitCode::ma_majority, "MA_MAJ", "acquired, over 50 to 95 %", company, counts, liquid},
    ExitKind{ExitCode::ma_minority, "MA_MIN", "at most 50 % bought: an investment", company, ignored, other},
    ExitKind{ExitCode::take_private, "TAKE_PRIVATE", "bought out and delisted", company, counts, liquid},
    ExitKind{ExitCode::secondary, "SECONDARY", "shares sold to a third party", investor, counts, other},
    ExitKind{ExitCode::buyback, "BUYBACK", "shares bought back by company or founder", investor, counts, other},
    ExitKind{ExitCode::reduction, "REDUCTION", "capital reduced in favour of the investor", investor, counts, other},
    ExitKind{ExitCode::removed, "REMOVED", "no longer a shareholder, cause unknown", investor, counts, other},
    ExitKind{ExitCode::repay, "REPAY", "loan or note repaid", investor, ignored, other},
    ExitKind{ExitCode::writeoff, "WRITEOFF", "closed, liquidated, deregistered: unsuccessful", company, counts, other},
    ExitKind{ExitCode::court, "COURT", "sold by order of a court", investor, ignored, other},
    ExitKind{ExitCode::gift, "GIFT", "given away", investor, ignored, other},
    ExitKind{ExitCode::inherit, "INHERIT", "inherited", investor, ignored, other},
    ExitKind{ExitCode::replace, "REPLACE", "same owner, other vehicle", investor, ignored, other},
    ExitKind{ExitCode::note, "NOTE", "news that is no exit", ExitLevel::nobody, ignored, other},
    ExitKind{ExitCode::unmapped, "UNMAPPED", "an event word outside the table", ExitLevel::nobody, ignored, other},
};
static_assert([] {
  for (std::size_t row = 0; row < kinds.size(); ++row)
    if (static_cast<std::size_t>(kinds[row].code) != row) return false;
  return kinds.size() == static_cast<std::size_t>(ExitCode::unmapped) + 1;
}());

constexpr auto also_details = WordPlace::event_or_details;

// Within details the first word of this order wins, so the narrower ones stand first.
constexpr std::array words{
    ExitWord{"as_buyer", ExitCode::note, WordPlace::details},
    ExitWord{"for_sale", ExitCode::note, WordPlace::details},
    ExitWord{"strategic_financing", ExitCode::note, WordPlace::details},
    ExitWord{"replacement", ExitCode::replace, also_details},
    ExitWord{"替换", ExitCode::replace, also_details},
    ExitWord{"同一控制下转让", ExitCode::replace, also_details},
    ExitWord{"buyback", ExitCode::buyback, also_details},
    ExitWord{"bought_back", ExitCode::buyback, WordPlace::details},
    ExitWord{"repurchase", ExitCode::buyback, also_details},
    ExitWord{"redemption", ExitCode::buyback},
    ExitWord{"企业回购", ExitCode::buyback},
    ExitWord{"回购", ExitCode::buyback, also_details},
    ExitWord{"reduction", ExitCode::reduction},
    ExitWord{"capital_reduction", ExitCode::reduction, also_details},
    ExitWord{"减资退出", ExitCode::reduction},
    ExitWord{"减资", ExitCode::reduction, also_details},
    ExitWord{"court_sale", ExitCode::court},
    ExitWord{"司法拍卖", ExitCode::court, also_details},
    ExitWord{"gift", ExitCode::gift},
    ExitWord{"赠与", ExitCode::gift, also_details},
    ExitWord{"inheritance", ExitCode::inherit},
    ExitWord{"继承", ExitCode::inherit, also_details},
    ExitWord{"sold", ExitCode::secondary, also_details},
    ExitWord{"equity_transfer", ExitCode::secondary},
    ExitWord{"secondary", ExitCode::secondary},
    ExitWord{"股权转让", ExitCode::secondary, also_details},
    ExitWord{"协议转让", ExitCode::secondary, also_details},
    ExitWord{"老股转让", ExitCode::secondary, also_details},
    ExitWord{"s基金", ExitCode::secondary},
    ExitWord{"ipo", ExitCode::ipo},
    ExitWord{"direct_listing", ExitCode::ipo},
    ExitWord{"spac", ExitCode::ipo},
    ExitWord{"ipo上市", ExitCode::ipo},
    ExitWord{"已上市", ExitCode::ipo},
    ExitWord{"借壳", ExitCode::ipo},
    ExitWord{"otc", ExitCode::otc},
    ExitWord{"新三板挂牌", ExitCode::otc},
    ExitWord{"acquisition", ExitCode::ma_full},
    ExitWord{"acquired", ExitCode::ma_full},
    ExitWord{"merger", ExitCode::ma_full},
    ExitWord{"并购", ExitCode::ma_full},
    ExitWord{"已被收购", ExitCode::ma_full},
    ExitWord{"整体收购", ExitCode::ma_full},
    ExitWord{"战略投资", ExitCode::ma_minority},
    ExitWord{"take_private", ExitCode::take_private},
    ExitWord{"私有化", ExitCode::take_private},
    ExitWord{"repayment", ExitCode::repay},
    ExitWord{"融资人还款", ExitCode::repay},
    ExitWord{"closure", ExitCode::writeoff},
    ExitWord{"closed", ExitCode::writeoff},
    ExitWord{"bankruptcy", ExitCode::writeoff},
    ExitWord{"liquidation", ExitCode::writeoff},
    ExitWord{"delisting", ExitCode::writeoff},
    ExitWord{"清算", ExitCode::writeoff},
    ExitWord{"注销", ExitCode::writeoff},
    ExitWord{"吊销", ExitCode::writeoff},
    ExitWord{"破产", ExitCode::writeoff},
    ExitWord{"shareholder_exit", ExitCode::removed},
    ExitWord{"退出股东", ExitCode::removed},
    ExitWord{"spin_off", ExitCode::note},
    ExitWord{"deconsolidation", ExitCode::note},
    ExitWord{"restructuring", ExitCode::note},
    ExitWord{"ipo_filing", ExitCode::note},
    ExitWord{"ipo_tutoring", ExitCode::note},
    ExitWord{"ipo_rumour", ExitCode::note},
    ExitWord{"sell_plan", ExitCode::note},
    ExitWord{"merger_terminated", ExitCode::note},
    ExitWord{"entity_list", ExitCode::note},
    ExitWord{"summary", ExitCode::note},
};

std::string normal_form(std::string_view text) {
  std::string form = lower_ascii(trim(text));
  std::replace_if(
      form.begin(), form.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return form;
}

/// May details of this meaning change what the event column says?
bool refines(ExitCode event, ExitCode details) {
  switch (event) {
    case ExitCode::removed:
      return kind_of(details).level == investor;
    case ExitCode::secondary:
      return details == ExitCode::replace || details == ExitCode::note;
    case ExitCode::ma_full:
      return details == ExitCode::note;
    default:
      return false;
  }
}

/// The largest percentage that follows a verb of buying; other percentages (a premium, a price) say nothing here.
std::optional<double> share_bought(std::string_view details) {
  std::optional<double> largest;
  for (const std::string_view verb : {"took_", "acquired_", "bought_", "收购", "购买"}) {
    for (std::size_t at = details.find(verb); at != details.npos; at = details.find(verb, at + 1)) {
      const std::string_view rest = details.substr(at + verb.size());
      double percent = 0;
      const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), percent);
      const std::string_view unit = rest.substr(static_cast<std::size_t>(end - rest.data()));
      if (error != std::errc{} || !(unit.starts_with("%") || unit.starts_with("％") || unit.starts_with("_%")))
        continue;
      largest = std::max(largest.value_or(0), percent);
    }
  }
  return largest;
}

}  // namespace

std::span<const ExitKind> exit_kinds() {
  return kinds;
}
std::span<const ExitWord> exit_words() {
  return words;
}
const ExitKind& kind_of(ExitCode code) {
  return kinds[static_cast<std::size_t>(code)];
}

ExitCode exit_code(const ExitRow& row) {
  const std::string event = normal_form(row.event);
  const auto found = std::find_if(words.begin(), words.end(), [&](const ExitWord& word) {
    return word.place != WordPlace::details && word.word == event;
  });
  if (found == words.end()) return ExitCode::unmapped;
  if (event == "delisting" && !trim(row.acquirer).empty()) return ExitCode::take_private;

  const std::string details = normal_form(row.details);
  for (const ExitWord& word : words)
    if (word.place != WordPlace::event && refines(found->code, word.code) && details.find(word.word) != details.npos)
      return word.code;
  if (found->code == ExitCode::ma_full) {
    const std::optional<double> share = share_bought(details);
    if (share && *share <= 50) return ExitCode::ma_minority;
    if (share && *share <= 95) return ExitCode::ma_majority;
  }
  return found->code;
}

}  // namespace coinvest
