// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The words of amounts; for amount.cpp.
namespace coinvest::amount_phrases {

enum class Part : std::uint8_t {
  number,       // value: the number
  unit,         // a power of ten
  currency,     // value: index into `currency_codes`
  several,      // 数千万
  about,        // 约X
  tilde,        // ~X, or X~Y
  nearly,       // 近X
  over,         // 超X, X以上
  plus,         // X+
  more,         // X余, X多
  magnitude,    // X级
  to,           // X–Y
  cumulative,   // 累计X
  undisclosed,  // 未披露
  filler,       // says nothing by itself
};

enum Code : std::int64_t { none, yuan, CNY, USD, HKD, EUR, GBP, JPY, KRW, TWD, SGD, INR, AUD, CAD, CHF };
inline constexpr std::array<std::string_view, 15> currency_codes{"",    "",    "CNY", "USD", "HKD", "EUR", "GBP", "JPY",
                                                                 "KRW", "TWD", "SGD", "INR", "AUD", "CAD", "CHF"};

struct Phrase {
  std::string_view text;  // small letters, half-width
  Part part;
  std::int64_t value = 0;  // exponent of a unit, code of a currency
};

/// Every word that an amount may hold. The longest that fits is taken.
inline constexpr auto phrases = std::to_array<Phrase>({
    {"一", Part::number, 1},
    {"二", Part::number, 2},
    {"两", Part::number, 2},
    {"三", Part::number, 3},
    {"四", Part::number, 4},
    {"五", Part::number, 5},
    {"六", Part::number, 6},
    {"七", Part::number, 7},
    {"八", Part::number, 8},
    {"九", Part::number, 9},

    {"十", Part::unit, 1},
    {"百", Part::unit, 2},
    {"千", Part::unit, 3},
    {"万", Part::unit, 4},
    {"萬", Part::unit, 4},
    {"亿", Part::unit, 8},
    {"億", Part::unit, 8},
    {"k", Part::unit, 3},
    {"thousand", Part::unit, 3},
    {"m", Part::unit, 6},
    {"mm", Part::unit, 6},
    {"mn", Part::unit, 6},
    {"mio", Part::unit, 6},
    {"mil", Part::unit, 6},
    {"million", Part::unit, 6},
    {"b", Part::unit, 9},
    {"bn", Part::unit, 9},
    {"billion", Part::unit, 9},
    {"lakh", Part::unit, 5},
    {"lakhs", Part::unit, 5},
    {"crore", Part::unit, 7},
    {"crores", Part::unit, 7},

    {"元", Part::currency, yuan},
    {"¥", Part::currency, yuan},
    {"人民币", Part::currency, CNY},
    {"人民币元", Part::currency, CNY},
    {"元人民币", Part::currency, CNY},
    {"rmb", Part::currency, CNY},
    {"cny", Part::currency, CNY},
    {"cn¥", Part::currency, CNY},
    {"yuan", Part::currency, CNY},
    {"美元", Part::currency, USD},
    {"美金", Part::currency, USD},
    {"usd", Part::currency, USD},
    {"us$", Part::currency, USD},
    {"$", Part::currency, USD},
    {"dollars", Part::currency, USD},
    {"港元", Part::currency, HKD},
    {"港币", Part::currency, HKD},
    {"hkd", Part::currency, HKD},
    {"hk$", Part::currency, HKD},
    {"欧元", Part::currency, EUR},
    {"eur", Part::currency, EUR},
    {"€", Part::currency, EUR},
    {"英镑", Part::currency, GBP},
    {"gbp", Part::currency, GBP},
    {"£", Part::currency, GBP},
    {"日元", Part::currency, JPY},
    {"jpy", Part::currency, JPY},
    {"韩元", Part::currency, KRW},
    {"韩国元", Part::currency, KRW},
    {"krw", Part::currency, KRW},
    {"₩", Part::currency, KRW},
    {"新台币", Part::currency, TWD},
    {"台币", Part::currency, TWD},
    {"twd", Part::currency, TWD},
    {"nt$", Part::currency, TWD},
    {"新加坡元", Part::currency, SGD},
    {"新元", Part::currency, SGD},
    {"新币", Part::currency, SGD},
    {"sgd", Part::currency, SGD},
    {"s$", Part::currency, SGD},
    {"卢比", Part::currency, INR},
    {"印度卢比", Part::currency, INR},
    {"inr", Part::currency, INR},
    {"₹", Part::currency, INR},
    {"澳元", Part::currency, AUD},
    {"澳大利亚元", Part::currency, AUD},
    {"aud", Part::currency, AUD},
    {"a$", Part::currency, AUD},
    {"加元", Part::currency, CAD},
    {"加拿大元", Part::currency, CAD},
    {"cad", Part::currency, CAD},
    {"c$", Part::currency, CAD},
    {"瑞士法郎", Part::currency, CHF},
    {"chf", Part::currency, CHF},
    {"其他", Part::currency, none},

    {"数", Part::several},
    {"几", Part::several},
    {"several", Part::several},
    {"约", Part::about},
    {"大约", Part::about},
    {"左右", Part::about},
    {"about", Part::about},
    {"~", Part::tilde},
    {"approx", Part::about},
    {"approx.", Part::about},
    {"approximately", Part::about},
    {"around", Part::about},
    {"近", Part::nearly},
    {"将近", Part::nearly},
    {"接近", Part::nearly},
    {"nearly", Part::nearly},
    {"almost", Part::nearly},
    {"超", Part::over},
    {"超过", Part::over},
    {"逾", Part::over},
    {"过", Part::over},
    {"上", Part::over},
    {"以上", Part::over},
    {"及以上", Part::over},
    {"至少", Part::over},
    {"不低于", Part::over},
    {"over", Part::over},
    {"morethan", Part::over},
    {"atleast", Part::over},
    {">", Part::over},
    {"+", Part::plus},
    {"余", Part::more},
    {"多", Part::more},
    {"级", Part::magnitude},
    {"级别", Part::magnitude},
    {"量级", Part::magnitude},
    {"-", Part::to},
    {"–", Part::to},
    {"—", Part::to},
    {"至", Part::to},
    {"到", Part::to},
    {"to", Part::to},
    {"累计", Part::cumulative},
    {"总额", Part::cumulative},
    {"合计", Part::cumulative},
    {"总计", Part::cumulative},
    {"共计", Part::cumulative},
    {"total", Part::cumulative},
    {"未披露", Part::undisclosed},
    {"未透露", Part::undisclosed},
    {"未公开", Part::undisclosed},
    {"未公布", Part::undisclosed},
    {"不详", Part::undisclosed},
    {"未知", Part::undisclosed},
    {"保密", Part::undisclosed},
    {"undisclosed", Part::undisclosed},
    {"notdisclosed", Part::undisclosed},
    {"unknown", Part::undisclosed},
    {"confidential", Part::undisclosed},
    {"n/a", Part::undisclosed},
    {"n.a.", Part::undisclosed},
    {"na", Part::undisclosed},
    {"none", Part::undisclosed},
    {"null", Part::undisclosed},
    {"--", Part::undisclosed},
    {"金额", Part::filler},
    {"融资", Part::filler},
    {"amount", Part::filler},
});

}  // namespace coinvest::amount_phrases
