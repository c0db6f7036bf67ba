// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "coinvest/ingest/layout.hpp"

namespace coinvest {

// What the columns of shareholder registers and cap tables are called.

inline constexpr auto register_change_headers = std::to_array<Header>({
    {"company", Field::company},
    {"company_name", Field::company},
    {"companyname", Field::company},
    {"entname", Field::company},
    {"公司", Field::company},
    {"公司名称", Field::company},
    {"企业", Field::company},
    {"企业名称", Field::company},
    {"date", Field::date},
    {"change_date", Field::date},
    {"changedate", Field::date},
    {"change_time", Field::date},
    {"changetime", Field::date},
    {"altdate", Field::date},
    {"变更日期", Field::date},
    {"变更时间", Field::date},
    {"item", Field::item},
    {"change_item", Field::item},
    {"changeitem", Field::item},
    {"projectname", Field::item},
    {"altitem_cn", Field::item},
    {"altitem", Field::item},
    {"变更事项", Field::item},
    {"变更项目", Field::item},
    {"before", Field::before},
    {"content_before", Field::before},
    {"contentbefore", Field::before},
    {"beforecontent", Field::before},
    {"altbe", Field::before},
    {"变更前", Field::before},
    {"变更前内容", Field::before},
    {"after", Field::after},
    {"content_after", Field::after},
    {"contentafter", Field::after},
    {"aftercontent", Field::after},
    {"altaf", Field::after},
    {"变更后", Field::after},
    {"变更后内容", Field::after},
    {"details", Field::details},
    {"known_on", Field::known_on},
    {"grade", Field::grade},
});

inline constexpr auto cap_table_headers = std::to_array<Header>({
    {"company", Field::company},
    {"company_name", Field::company},
    {"公司", Field::company},
    {"公司名称", Field::company},
    {"as_of", Field::date},
    {"date", Field::date},
    {"日期", Field::date},
    {"截止日期", Field::date},
    {"holder", Field::shareholder},
    {"shareholder", Field::shareholder},
    {"股东", Field::shareholder},
    {"股东名称", Field::shareholder},
    {"subscribed", Field::subscribed},
    {"subscribed_capital", Field::subscribed},
    {"认缴出资额", Field::subscribed},
    {"paid", Field::paid},
    {"paid_capital", Field::paid},
    {"实缴出资额", Field::paid},
    {"percent", Field::percent},
    {"pct", Field::percent},
    {"持股比例", Field::percent},
    {"本轮投后持股比例", Field::percent},
    {"capital_before", Field::capital_before},
    {"本轮投前注册资本", Field::capital_before},
    {"sold", Field::sold},
    {"老股转让减少", Field::sold},
    {"bought", Field::bought},
    {"老股受让增加", Field::bought},
    {"issued", Field::issued},
    {"新增注册资本", Field::issued},
    {"currency", Field::currency},
    {"币种", Field::currency},
    {"known_on", Field::known_on},
    {"grade", Field::grade},
});

}  // namespace coinvest
