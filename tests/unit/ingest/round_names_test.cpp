// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/round_names.hpp"

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("round names: Chinese, Crunchbase and other spellings") {
  struct Case {
    std::string_view raw;
    std::string_view stage;
    int order;
    RoundKind kind;
  };
  const std::vector<Case> cases{
      {"", "", 0, RoundKind::primary},
      {"种子轮", "seed", 10, RoundKind::primary},
      {"seed", "seed", 10, RoundKind::primary},
      {"Seed Round", "seed", 10, RoundKind::primary},
      {"pre_seed", "pre_seed", 5, RoundKind::primary},
      {"Pre-Seed", "pre_seed", 5, RoundKind::primary},
      {"Accelerator/Incubator", "accelerator", 7, RoundKind::primary},
      {"天使轮", "angel", 12, RoundKind::primary},
      {"天使轮(数据库口径)", "angel", 12, RoundKind::primary},
      {"天使+", "angel_plus", 14, RoundKind::primary},
      {"天使++", "angel_plus", 14, RoundKind::primary},
      {"天使+Pre-A", "angel", 12, RoundKind::primary},
      {"Angel", "angel", 12, RoundKind::primary},
      {"Angel (individual)", "angel", 12, RoundKind::primary},
      {"convertible_note", "convertible_note", 15, RoundKind::debt},
      {"Pre-A轮", "pre_a", 18, RoundKind::primary},
      {"Pre-A+", "pre_a_plus", 19, RoundKind::primary},
      {"A轮", "a", 20, RoundKind::primary},
      {"A", "a", 20, RoundKind::primary},
      {"Ａ轮融资", "a", 20, RoundKind::primary},
      {"series_a", "a", 20, RoundKind::primary},
      {"series-a", "a", 20, RoundKind::primary},
      {"Series A", "a", 20, RoundKind::primary},
      {"A1", "a", 20, RoundKind::primary},
      {"A1-A4", "a", 20, RoundKind::primary},
      {"A+轮", "a_plus", 22, RoundKind::primary},
      {"A轮+", "a_plus", 22, RoundKind::primary},
      {"Pre-B轮", "pre_b", 28, RoundKind::primary},
      {"B", "b", 30, RoundKind::primary},
      {"B轮(科创板日报)/C(数据库)", "b", 30, RoundKind::primary},
      {"B-1/B-2", "b", 30, RoundKind::primary},
      {"B+", "b_plus", 32, RoundKind::primary},
      {"B+/Pre-IPO增资", "b_plus", 32, RoundKind::primary},
      {"C轮", "c", 40, RoundKind::primary},
      {"series-c+", "c_plus", 42, RoundKind::primary},
      {"C++", "c_plus", 42, RoundKind::primary},
      {"D", "d", 50, RoundKind::primary},
      {"E轮", "e", 60, RoundKind::primary},
      {"series_j", "j", 78, RoundKind::primary},
      {"private_equity", "private_equity", 80, RoundKind::primary},
      {"PE Growth/Expansion", "private_equity", 80, RoundKind::primary},
      {"F轮-上市前", "pre_ipo", 90, RoundKind::primary},
      {"Pre-IPO", "pre_ipo", 90, RoundKind::primary},
      {"战略投资", "strategic", 0, RoundKind::primary},
      {"战略融资", "strategic", 0, RoundKind::primary},
      {"战略轮", "strategic", 0, RoundKind::primary},
      {"战略(联合领投)", "strategic", 0, RoundKind::primary},
      {"战略融资/老股转让(数据库口径)", "strategic", 0, RoundKind::primary},
      {"corporate_round", "strategic", 0, RoundKind::primary},
      {"IPO上市后", "post_ipo_equity", 100, RoundKind::placement},
      {"定向增发", "post_ipo_equity", 100, RoundKind::placement},
      {"向特定对象发行", "post_ipo_equity", 100, RoundKind::placement},
      {"post_ipo_equity", "post_ipo_equity", 100, RoundKind::placement},
      {"PIPE", "post_ipo_equity", 100, RoundKind::placement},
      {"新三板", "otc", 0, RoundKind::other},
      {"IPO", "ipo", 95, RoundKind::ipo},
      {"IPO上市", "ipo", 95, RoundKind::ipo},
      {"IPO(科创板688795)", "ipo", 95, RoundKind::ipo},
      {"已上市", "ipo", 95, RoundKind::ipo},
      {"并购", "acquisition", 0, RoundKind::merger},
      {"已被收购", "acquisition", 0, RoundKind::merger},
      {"M&A", "acquisition", 0, RoundKind::merger},
      {"Buyout/LBO", "acquisition", 0, RoundKind::merger},
      {"私有化", "take_private", 0, RoundKind::other},
      {"债权融资", "debt", 0, RoundKind::debt},
      {"debt_financing", "debt", 0, RoundKind::debt},
      {"post_ipo_debt", "post_ipo_debt", 0, RoundKind::debt},
      {"股权转让", "secondary", 0, RoundKind::secondary},
      {"老股转让", "secondary", 0, RoundKind::secondary},
      {"secondary_market", "secondary", 0, RoundKind::secondary},
      {"Secondary Transaction", "secondary", 0, RoundKind::secondary},
      {"众筹", "crowdfunding", 0, RoundKind::other},
      {"grant", "grant", 0, RoundKind::grant},
      {"equity_crowdfunding", "equity_crowdfunding", 0, RoundKind::primary},
      {"product_crowdfunding", "crowdfunding", 0, RoundKind::other},
      {"non_equity_assistance", "grant", 0, RoundKind::grant},
      {"initial_coin_offering", "ico", 0, RoundKind::other},
      {"增资", "unknown", 0, RoundKind::primary},
      {"增资(拟)", "unknown", 0, RoundKind::primary},
      {"新一轮融资", "unknown", 0, RoundKind::primary},
      {"不明确", "unknown", 0, RoundKind::primary},
      {"undisclosed", "unknown", 0, RoundKind::primary},
      {"series_unknown", "unknown", 0, RoundKind::primary},
      {"venture", "unknown", 0, RoundKind::primary},
      {"尚未获投", "none", 0, RoundKind::other},
      {"股权变更", "other:股权变更", 0, RoundKind::primary},
      {" Bridge Loan ", "other:Bridge Loan", 0, RoundKind::primary},
      {"(", "other:(", 0, RoundKind::primary},
      {"+", "other:+", 0, RoundKind::primary},
      {"pre", "other:pre", 0, RoundKind::primary},
  };
  for (const Case& c : cases) {
    CAPTURE(c.raw);
    const RoundName name = read_round_name(c.raw);
    CHECK(name.stage == c.stage);
    CHECK(name.order == c.order);
    CHECK(name_of(name.kind) == name_of(c.kind));
    CHECK(name.recognised() == !c.stage.starts_with("other:"));
  }
}
