// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/registry_text.hpp"

#include <algorithm>
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

TEST_CASE("what looks like a mark, a group of digits or a numbering, and is none, stays") {
  CHECK(holders("甲<<b>公司 出资 5万元") == Texts{"甲<公司 50000/- -"});
  for (const char* name : {"甲<", "甲<>", "甲<b", "甲<b c>", "甲<\u6c49>", "甲<aaaaaaaaaaaaaaaaaaaaaaaaa>"}) {
    INFO(name);
    CHECK(holders(std::string(name) + ";乙公司").at(0) == std::string(name) + " -/- -");
  }
  CHECK(holders("甲公司 出资 1,234元") == Texts{"甲公司 1234/- -"});
  CHECK(holders("甲公司 出资 1,2345元").at(0).starts_with("甲公司"));
  CHECK(holders("甲公司 出资 1,234") == Texts{"甲公司 12340000/- -"});
  for (const char* text :
       {"甲公司 出资 1,2", "甲公司 出资 1,a34元", "甲公司 出资 1,2a4元", "甲公司 出资 1,23a元", ",甲公司"}) {
    INFO(text);
    CHECK(holders(text).at(0).starts_with("甲公司 "));
  }
  CHECK(holders("甲公司,出资.5万元").at(0).starts_with("甲公司 "));
  CHECK(holders("甲公司,认缴出资额5万元") == Texts{"甲公司 50000/- -"});
  CHECK(holders("3 公司、乙公司").size() == 2);
  CHECK(holders("甲公司\r\n乙公司") == Texts{"甲公司 -/- -", "乙公司 -/- -"});
  CHECK(holders("甲公司 出资 5;(单位:元)") == Texts{"甲公司 5/- -"});
  CHECK(holders("甲公司,出资额(5万元)") == Texts{"甲公司 50000/- -"});
  CHECK(holders("甲公司,出资= 5万元") == Texts{"甲公司 50000/- -"});
  CHECK(holders("甲公司,出资美元 20万美元") == Texts{"甲公司 200000USD/- -"});
  CHECK(holders("甲公司,占10%,占20%") == Texts{"甲公司 -/- 10"});
  CHECK(holders("甲公司,出资5万元,出资6万元") == Texts{"甲公司 50000/- -"});
  CHECK(holders("甲公司,认缴,实缴5万元") == Texts{"甲公司 -/50000 -"});
  CHECK(holders("甲公司,出资") == Texts{"甲公司 -/- -"});
  CHECK(holders("甲公司 5") == Texts{"甲公司 5 -/- -"});
}

TEST_CASE("what cannot be read is told") {
  CHECK(parse_registry_text("实缴5万元").trouble.find("without a name") != std::string::npos);
  CHECK(parse_registry_text("占5%").trouble.find("without a name") != std::string::npos);
  CHECK(parse_registry_text("出资").trouble.empty());
  CHECK(parse_registry_text("甲公司,占1.2.3%;乙公司,占250%").trouble.find("1.2.3") != std::string::npos);

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
  CHECK_FALSE(person("\u00e9\u00e9\u00e9"));
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
  for (const char* item :
       {"投资人(股权)变更", "投资人（股权）变更", "出资情况变更", "股东变更", "合伙人变更", "发起人变更", "股权变更",
        "股东姓名出资变更", "股东股权名称", "投资人(包括出资额、出资方式、出资日期、投资人名称等)变更"})
    CHECK(register_item(item) == RegisterItem::holders);
  for (const char* item : {"投资者名称(姓名)变更", "股东名称变更", "股东姓名变更"})
    CHECK(register_item(item) == RegisterItem::names);
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

TEST_CASE("registers: rows that say less, or nothing that can be") {
  const auto lines = [](std::string bytes, const ReadOptions& options = {}) {
    return read_bytes(std::move(bytes), "r.csv", options, {}).value();
  };
  const auto said = [](const Dataset& data) {
    std::vector<std::string> texts;
    for (const Problem& problem : data.problems) texts.push_back(problem.column + ": " + problem.text);
    return texts;
  };
  const std::string header = "company,date,item,before,after,known_on,grade\n";
  const Dataset changes = lines(header +
                                "Co,2020-01-01,,甲公司,乙公司,,\n"
                                ",2020-01-02,股东变更,甲公司,乙公司,,\n"
                                "Co,2020-01-03,经营范围变更,甲公司,乙公司,,\n"
                                "Co,2020-01-04,股东变更,,乙公司,,\n"
                                "Co,2020-01-05,股东变更,甲公司,,,\n"
                                "Co,2020-01-06,注册资本变更,100万元,,,\n"
                                "Co,2020-01-07,注册资本变更,无,100万元,,\n"
                                "Co,2020-01-08,注册资本变更,100万元,100万美元,,\n"
                                "Co,2020-01-09,注册资本变更,100万元,120万元,,\n"
                                "Co,2020-01-10,股东变更,甲公司 占250%;丙公司 出资5万元;" +
                                std::string(2000, 'n') + ",\"乙公司,自然人股东,实缴5万元;未披露\",2020-02-01,A\n");
  REQUIRE(changes.register_changes.size() == 3);
  CHECK(changes.register_changes[0].item == RegisterItem::holders);
  CHECK(changes.register_changes[1].capital_after == 120'000'000);
  CHECK(changes.register_changes[2].after.at(0).paid == 5'000'000);
  CHECK(changes.register_changes[2].after.at(0).currency == Currency("CNY"));
  CHECK(changes.register_changes[2].after.size() == 1);
  CHECK(changes.problems.size() == 9);
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  CHECK(lines(header + "Co,2020-01-10,股东变更,甲公司,未披露,,\n", raw).register_changes.at(0).after.size() == 1);

  const Dataset stakes = lines(
      "company,as_of,holder,subscribed,paid,pct,currency,known_on,grade\n"
      "Co,2020,A,60,-,60,USD,2020-01-02,B\n"
      "Co,2020,B,40,约5,x,USD,2020-01-03,C\n"
      "Co,2020,C,0,未披露,5x,USD,2020-01-01,A\n"
      "Co,2020,D,0,,-1,USD,,\n"
      "Co,2020,D,0,,-1,USD,,\n"
      "Co,2020,E,0,,-,USD,,\n"
      ",2020,E,0,,,USD,,\n"
      "Co,2020,,0,,,USD,,\n");
  REQUIRE(stakes.registers.size() == 1);
  const Register& state = stakes.registers[0];
  CHECK(state.stakes.size() == 5);
  CHECK(state.stakes[0].currency == Currency("USD"));
  CHECK(format_date(state.known_on) == "2020-01-03");
  CHECK(state.grade == Grade::C);
  CHECK_FALSE(state.stakes[1].paid);
  const auto texts = said(stakes);
  for (const char* text :
       {"paid: not an exact amount: left out", "pct: 'x' is no share of 0 to 100 %: left out",
        "pct: '5x' is no share of 0 to 100 %: left out", "pct: '-1' is no share of 0 to 100 %: left out",
        "holder: the row of 'D' again: counted once"})
    CHECK(std::ranges::count(texts, text) >= 1);

  const Dataset flows = lines(
      "公司,日期,股东,本轮投前注册资本,老股转让减少,老股受让增加,新增注册资本,本轮投后持股比例\n"
      "Co,2020-01-01,A,60,60,,,\nCo,2020-01-01,A,60,60,,,\nCo,2020-01-01,B,,-1,,,\nCo,2020-01-01,C,-1,,,,\n"
      "Co,2020-01-01,D,,,-1,,\nCo,2020-01-01,E,,,,-1,\n,2020-01-01,F,1,,,,\n");
  REQUIRE(flows.register_changes.size() == 1);
  CHECK(flows.register_changes[0].before.size() == 1);
  CHECK(flows.register_changes[0].after.empty());
}
