// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/registry_text.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/ingest/read.hpp"

using namespace coinvest;

namespace {

/// "name subscribed/paid percent%", amounts in yuan or with their currency; "-" what is not said.
std::vector<std::string> holders(std::string_view text) {
  std::vector<std::string> texts;
  const auto amount = [](const std::optional<Amount>& a) {
    if (!a) return std::string("-");
    CHECK(a->low == a->high);
    return format_minor(a->low) + (a->currency == Currency("CNY") ? "" : a->currency.text());
  };
  for (const RegisteredHolder& h : parse_registry_text(text).holders) {
    std::string percent = h.percent ? std::to_string(*h.percent) : "-";
    if (h.percent) percent.erase(percent.find_last_not_of('0') + 1);
    if (percent.ends_with('.')) percent.pop_back();
    texts.push_back(h.name + " " + amount(h.subscribed) + "/" + amount(h.paid) + " " + percent);
  }
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("five ways in which registers print the same two holders") {
  CHECK(holders("张三,出资1660万人民币,占83%,实缴出资1660万;李四,出资340万人民币,占17%,实缴出资0万;") ==
        Texts{"张三 16600000/16600000 83", "李四 3400000/0 17"});
  CHECK(holders("张三认缴1660实缴1660|李四认缴340实缴0|单位:万元") ==
        Texts{"张三 16600000/16600000 -", "李四 3400000/0 -"});
  CHECK(holders("<em>张三</em> 出资 1660.000000万人民币;李四 出资 340万人民币;") ==
        Texts{"张三 16600000/- -", "李四 3400000/- -"});
  CHECK(holders("股东名称：张三出资额：1660万元；,股东名称：李四出资额：340万元；") ==
        Texts{"张三 16600000/- -", "李四 3400000/- -"});
  CHECK(holders("张三;李四;") == Texts{"张三 -/- -", "李四 -/- -"});
}

TEST_CASE("marks, full-width signs, units and currencies") {
  CHECK(holders("*甲中心（有限合伙）（已撤销）,企业法人,出资５９４．９５１９２４万元") ==
        Texts{"甲中心(有限合伙) 5949519.24/- -"});
  CHECK(holders("甲公司 20万美元；乙公司 出资额：美元20万；丙公司：300元") ==
        Texts{"甲公司 200000USD/- -", "乙公司 200000USD/- -", "丙公司 300/- -"});
  CHECK(holders("甲认缴1,660.5|单位：元") == Texts{"甲 1660.5/- -"});
  CHECK(holders("甲,1.2亿元,持股比例:60%,认缴出资时间:2015-06-30;乙,40%") == Texts{"甲 120000000/- 60", "乙 -/- 40"});
  CHECK(holders("1、甲公司 出资 5万元\n2、乙公司 出资 6万元") == Texts{"甲公司 50000/- -", "乙公司 60000/- -"});
}

TEST_CASE("hidden numbers leave the names") {
  CHECK(holders("名,出资*万人民币,占***%,实缴出资*万;他") == Texts{"名 -/- -", "他 -/- -"});
}

TEST_CASE("names may hold the words of values") {
  CHECK(holders("政府出资产业引导基金,出资5万元;占美公司 出资 6万元;比例尺公司") ==
        Texts{"政府出资产业引导基金 50000/- -", "占美公司 60000/- -", "比例尺公司 -/- -"});
  CHECK(holders("Acme Co., Ltd.;Beta, Inc., 出资 5万美元") == Texts{"Acme Co., Ltd. -/- -", "Beta, Inc. 50000USD/- -"});
}

TEST_CASE("what cannot be read is told") {
  CHECK(parse_registry_text("").holders.empty());
  CHECK(parse_registry_text(";;、| ；").holders.empty());
  CHECK(parse_registry_text("甲 出资 1.2.3万元").trouble.find("1.2.3万元") != std::string::npos);
  CHECK_FALSE(parse_registry_text("甲,占250%").trouble.empty());
  CHECK_FALSE(parse_registry_text("出资5万元").trouble.empty());
  CHECK(parse_registry_text("甲,占25%").trouble.empty());
}

TEST_CASE("who is a person") {
  const auto person = [](std::string_view text) { return parse_registry_text(text).holders.at(0).natural_person; };
  CHECK(person("周八"));
  CHECK(person("张三 出资 5万元"));
  CHECK(person("欧阳某某,自然人股东,出资5万元"));
  CHECK_FALSE(person("甲乙基金"));
  CHECK_FALSE(person("甲基金"));
  CHECK_FALSE(person("Wang"));
}

TEST_CASE("registered capital and items") {
  CHECK(parse_registered_capital("2128.000000万人民币")->low == 2'128'000'000);
  CHECK(parse_registered_capital("注册资本：１００万美元")->currency == Currency("USD"));
  CHECK(parse_registered_capital("人民币4亿元")->low == 40'000'000'000);
  for (const char* yuan : {"1000000(单位:元)", "单位：元;1000000", "注册资本(元):1000000", "1000000元", "100"}) {
    CAPTURE(yuan);
    CHECK(parse_registered_capital(yuan)->low == 100'000'000);
  }
  CHECK(parse_registry_text("李四公司认缴500000(单位:元)").holders.at(0).subscribed->low == 50'000'000);
  CHECK_FALSE(parse_registered_capital("无"));
  for (const char* item : {"投资人(股权)变更", "投资人（股权）变更", "出资情况变更", "股东变更", "合伙人变更",
                           "投资人(包括出资额、出资方式、出资日期、投资人名称等)变更"})
    CHECK(register_item(item) == RegisterItem::holders);
  for (const char* item : {"投资者名称(姓名)变更", "股东名称变更"}) CHECK(register_item(item) == RegisterItem::names);
  for (const char* item : {"注册资本变更", "注册资本(金)变更", "注册资金变更"})
    CHECK(register_item(item) == RegisterItem::capital);
  for (const char* item : {"经营范围变更", "名称变更", "法定代表人变更", ""}) CHECK_FALSE(register_item(item));
}

TEST_CASE("registers are read alone, under any of their headers") {
  const auto lines = [](std::string bytes) { return read_bytes(std::move(bytes), "r.csv", {}, {}).value(); };
  for (const char* header :
       {"company,date,item,before,after", "公司名称,changeTime,changeItem,contentBefore,contentAfter",
        "企业名称,ChangeDate,ProjectName,BeforeContent,AfterContent", "ENTNAME,ALTDATE,ALTITEM_CN,ALTBE,ALTAF"}) {
    const Dataset data = lines(std::string(header) + "\nCo,2020-01-02,股东变更,甲;乙,甲;丙\n");
    REQUIRE(data.register_changes.size() == 1);
    const RegisterChange& change = data.register_changes[0];
    CHECK(change.before.size() == 2);
    CHECK(data.name(change.after.at(1).holder) == "丙");
    CHECK(format_date(change.known_on) == "2020-01-02");
  }
  const Dataset data =
      lines("company,as_of,holder,subscribed,pct\nCo,2020,A,60,60\nCo,2020,B,40,40%\nCo,2021,A,60,100.5\nCo,,A,1,1\n");
  REQUIRE(data.registers.size() == 2);
  CHECK(data.registers[0].stakes.at(1).percent == 40);
  CHECK(data.registers[0].stakes.at(1).subscribed == 4000);
  CHECK_FALSE(data.registers[1].stakes.at(0).percent);
  CHECK(data.problems.size() == 2);
  const Dataset partial = lines("company,as_of,holder,pct\nCo,2020,A,60\nCo,2020,B,30\nCo,2021,A,60\nCo,2021,B,40\n");
  REQUIRE(partial.registers.size() == 1);
  CHECK(partial.registers[0].stakes.size() == 2);
  CHECK(partial.problems.size() == 1);
  const Dataset flows = lines(
      "公司,日期,股东,本轮投前注册资本,老股转让减少,老股受让增加,新增注册资本,本轮投后持股比例\n"
      "Co,2020-01-01,A,60,10,,,\nCo,2020-01-01,B,,,10,30,\nCo,2020-01-01,C,5,6,,,\n");
  REQUIRE(flows.register_changes.size() == 1);
  CHECK(flows.register_changes[0].flows.size() == 2);
  CHECK(flows.register_changes[0].after.at(1).subscribed == 4000);
  CHECK(flows.problems.size() == 1);
}
