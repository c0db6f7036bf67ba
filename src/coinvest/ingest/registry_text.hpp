// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/money.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// A shareholder as a register's text names it.
struct RegisteredHolder {
  std::string name;
  std::optional<Amount> subscribed, paid;
  std::optional<double> percent;
  bool natural_person = false;  ///< said so, or a Chinese name of two or three characters alone
  bool operator==(const RegisteredHolder&) const = default;
};

struct RegistryText {
  std::vector<RegisteredHolder> holders;  ///< in the text's order
  std::string trouble;                    ///< the first value that could not be read, as one sentence; "" if none
};

/// Reads one side of a change of shareholders, in any of the ways that registers print it:
/// `名,出资500万人民币,占10%,实缴出资500万;名,...`, `名认缴1660实缴1660|...|单位:万元`, `名 出资 594.95万人民币;...`,
/// `股东名称：名出资额：20万元；,股东名称：...`, `名;名;`. Full-width signs, `*`, `<em>`, `（已撤销）` and `,企业法人`
/// are cleaned. A number without unit counts in the unit that the text states, else 万元. O(bytes).
RegistryText parse_registry_text(std::string_view text);

/// The registered capital that a text states, `2128万元`, `注册资本：100.000000万人民币`; nothing if it states none.
std::optional<Amount> parse_registered_capital(std::string_view text);

/// What a line of a register is about, from the words of its item: 投资人(股权)变更, 注册资本变更, 投资者名称变更, ...;
/// nothing if it is not about shareholders.
std::optional<RegisterItem> register_item(std::string_view item);

}  // namespace coinvest
