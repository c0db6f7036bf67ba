// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "coinvest/ingest/layout.hpp"

namespace coinvest {

// What the columns of data vendors' exports mean. Those that say nothing about who invested when are left out.

inline constexpr auto crunchbase_2013_company_headers = std::to_array<Header>({
    {"permalink", Field::company_id},
    {"name", Field::company},
    {"category_code", Field::sector},
    {"category_list", Field::sector},
    {"country_code", Field::country},
    {"funding_total_usd", Field::size},
    {"status", Field::status},
    {"founded_at", Field::founded},
});
inline constexpr auto crunchbase_2013_headers = std::to_array<Header>({
    {"company_permalink", Field::company_id},
    {"company_name", Field::company},
    {"company_category_code", Field::sector},
    {"company_category_list", Field::sector},
    {"company_country_code", Field::country},
    {"investor_permalink", Field::investor_id},
    {"investor_name", Field::investor},
    {"funding_round_permalink", Field::round_id},
    {"funding_round_type", Field::round},
    {"funded_at", Field::date},
    {"raised_amount_usd", Field::amount_usd},
    {"acquirer_name", Field::acquirer},
    {"acquirer_permalink", Field::acquirer_id},
    {"acquired_at", Field::date},
    {"price_amount", Field::amount},
    {"price_currency_code", Field::currency},
});

inline constexpr auto crunchbase_organization_headers = std::to_array<Header>({
    {"uuid", Field::company_id},
    {"name", Field::company},
    {"category_list", Field::sector},
    {"country_code", Field::country},
    {"status", Field::status},
    {"founded_on", Field::founded},
});
inline constexpr auto crunchbase_investor_headers = std::to_array<Header>({
    {"uuid", Field::investor_id},
    {"name", Field::investor},
    {"investor_types", Field::type},
    {"country_code", Field::country},
    {"investment_count", Field::size},
});
inline constexpr auto crunchbase_headers = std::to_array<Header>({
    {"uuid", Field::round_id},
    {"org_uuid", Field::company_id},
    {"org_name", Field::company},
    {"investment_type", Field::round},
    {"announced_on", Field::date},
    {"raised_amount_usd", Field::amount_usd},
    {"raised_amount", Field::amount},
    {"raised_amount_currency_code", Field::currency},
    {"country_code", Field::country},
    {"lead_investor_uuids", Field::lead_ids},
    {"name", Field::unused},
    {"type", Field::unused},
    {"permalink", Field::unused},
    {"cb_url", Field::unused},
    {"rank", Field::unused},
    {"created_at", Field::unused},
    {"updated_at", Field::unused},
    {"post_money_valuation", Field::post_money},
    {"post_money_valuation_usd", Field::post_money_usd},
    {"post_money_valuation_currency_code", Field::post_money_currency},
});
inline constexpr auto crunchbase_investment_headers = std::to_array<Header>({
    {"funding_round_uuid", Field::round_id},
    {"investor_uuid", Field::investor_id},
    {"investor_name", Field::investor},
    {"is_lead_investor", Field::is_lead},
    {"uuid", Field::unused},
    {"name", Field::unused},
    {"type", Field::unused},
    {"permalink", Field::unused},
    {"cb_url", Field::unused},
    {"rank", Field::unused},
    {"created_at", Field::unused},
    {"updated_at", Field::unused},
    {"funding_round_name", Field::unused},
});
inline constexpr auto crunchbase_event_headers = std::to_array<Header>({
    {"uuid", Field::link},
    {"acquiree_uuid", Field::company_id},
    {"acquiree_name", Field::company},
    {"acquirer_name", Field::acquirer},
    {"acquirer_uuid", Field::acquirer_id},
    {"acquired_on", Field::date},
    {"price", Field::amount},
    {"price_currency_code", Field::currency},
});
inline constexpr auto crunchbase_listing_headers = std::to_array<Header>({
    {"org_uuid", Field::company_id},
    {"org_name", Field::company},
    {"went_public_on", Field::date},
});
inline constexpr auto crunchbase_parent_headers = std::to_array<Header>({
    {"uuid", Field::alias_id},
    {"name", Field::alias},
    {"parent_uuid", Field::canonical_id},
    {"parent_name", Field::canonical},
});
inline constexpr auto crunchbase_fund_headers = std::to_array<Header>({
    {"entity_uuid", Field::investor_id},
    {"entity_name", Field::investor},
});

inline constexpr auto crunchbase_2016_organization_headers = std::to_array<Header>({
    {"uuid", Field::company_id},
    {"company_name", Field::company},
    {"category_list", Field::sector},
    {"country_code", Field::country},
    {"status", Field::status},
    {"founded_on", Field::founded},
});
inline constexpr auto crunchbase_2016_investor_headers = std::to_array<Header>({
    {"uuid", Field::investor_id},
    {"investor_name", Field::investor},
    {"investor_type", Field::type},
    {"country_code", Field::country},
});
inline constexpr auto crunchbase_2016_headers = std::to_array<Header>({
    {"funding_round_uuid", Field::round_id},
    {"company_uuid", Field::company_id},
    {"company_name", Field::company},
    {"funding_round_type", Field::round},
    {"announced_on", Field::date},
    {"raised_amount_usd", Field::amount_usd},
    {"raised_amount", Field::amount},
    {"raised_amount_currency_code", Field::currency},
    {"company_category_list", Field::sector},
    {"country_code", Field::country},
    {"post_money_valuation", Field::post_money},
    {"post_money_valuation_usd", Field::post_money_usd},
    {"post_money_currency_code", Field::post_money_currency},
});
inline constexpr auto crunchbase_2016_investment_headers = std::to_array<Header>({
    {"funding_round_uuid", Field::round_id},
    {"investor_uuid", Field::investor_id},
    {"is_lead_investor", Field::is_lead},
});
inline constexpr auto crunchbase_2016_event_headers = std::to_array<Header>({
    {"acquiree_uuid", Field::company_id},
    {"acquiree_name", Field::company},
    {"acquirer_uuid", Field::acquirer_id},
    {"acquirer_name", Field::acquirer},
    {"acquisition_uuid", Field::link},
    {"acquired_on", Field::date},
    {"price", Field::amount},
    {"price_currency_code", Field::currency},
});
inline constexpr auto crunchbase_2016_listing_headers = std::to_array<Header>({
    {"uuid", Field::company_id},
    {"name", Field::company},
    {"ipo_uuid", Field::link},
    {"went_public_on", Field::date},
});
inline constexpr auto crunchbase_2016_parent_headers = std::to_array<Header>({
    {"org_uuid", Field::alias_id},
    {"parent_org_uuid", Field::canonical_id},
});

inline constexpr auto crunchbase_sql_object_headers = std::to_array<Header>({
    {"id", Field::company_id},
    {"entity_type", Field::type},
    {"name", Field::company},
    {"category_code", Field::sector},
    {"country_code", Field::country},
    {"status", Field::status},
    {"founded_at", Field::founded},
});
inline constexpr auto crunchbase_sql_headers = std::to_array<Header>({
    {"funding_round_id", Field::round_id},
    {"object_id", Field::company_id},
    {"funding_round_type", Field::round},
    {"funded_at", Field::date},
    {"raised_amount_usd", Field::amount_usd},
    {"raised_amount", Field::amount},
    {"raised_currency_code", Field::currency},
    {"pre_money_valuation", Field::pre_money},
    {"pre_money_valuation_usd", Field::pre_money_usd},
    {"post_money_valuation", Field::post_money},
    {"post_money_valuation_usd", Field::post_money_usd},
    {"pre_money_currency_code", Field::pre_money_currency},
    {"post_money_currency_code", Field::post_money_currency},
});
inline constexpr auto crunchbase_sql_investment_headers = std::to_array<Header>({
    {"funding_round_id", Field::round_id},
    {"funded_object_id", Field::company_id},
    {"investor_object_id", Field::investor_id},
});
inline constexpr auto crunchbase_sql_event_headers = std::to_array<Header>({
    {"acquired_object_id", Field::company_id},
    {"acquiring_object_id", Field::acquirer_id},
    {"acquired_at", Field::date},
    {"price_amount", Field::amount},
    {"price_currency_code", Field::currency},
    {"term_code", Field::details},
});
inline constexpr auto crunchbase_sql_listing_headers = std::to_array<Header>({
    {"object_id", Field::company_id},
    {"public_at", Field::date},
});
inline constexpr auto crunchbase_sql_fund_headers = std::to_array<Header>({
    {"object_id", Field::investor_id},
    {"fund_id", Field::link},
});

inline constexpr auto crunchbase_pro_headers = std::to_array<Header>({
    {"transaction name url", Field::round_id},
    {"organization name", Field::company},
    {"organization name url", Field::company_id},
    {"organization industries", Field::sector},
    {"funding type", Field::round},
    {"money raised", Field::amount},
    {"money raised currency", Field::currency},
    {"money raised currency (in usd)", Field::amount_usd},
    {"money raised (in usd)", Field::amount_usd},
    {"announced date", Field::date},
    {"lead investors", Field::lead_investors},
    {"investor names", Field::investors},
    {"number of investors", Field::investor_count},
    {"pre-money valuation", Field::pre_money},
    {"pre-money valuation currency", Field::pre_money_currency},
    {"pre-money valuation currency (in usd)", Field::pre_money_usd},
    {"pre-money valuation (in usd)", Field::pre_money_usd},
});

inline constexpr auto pitchbook_headers = std::to_array<Header>({
    {"deal id", Field::round_id},
    {"companies", Field::company},
    {"company id", Field::company_id},
    {"deal date", Field::date},
    {"deal size", Field::amount},
    {"native currency of deal", Field::currency},
    {"series", Field::round},
    {"deal type", Field::deal_type},
    {"investors", Field::investors},
    {"lead/sole investors", Field::lead_investors},
    {"primary pitchbook industry code", Field::sector},
    {"primary industry code", Field::sector},
    {"pre-money valuation", Field::pre_money},
    {"post valuation", Field::post_money},
});

inline constexpr auto itjuzi_company_headers = std::to_array<Header>({
    {"公司名称", Field::company},
    {"工商名称", Field::legal_name},
    {"成立时间", Field::founded},
    {"运营状态", Field::status},
    {"行业", Field::sector},
    {"融资时间", Field::date},
    {"轮次", Field::round},
    {"融资金额", Field::amount},
    {"投资方", Field::investors},
});
inline constexpr auto itjuzi_event_headers = std::to_array<Header>({
    {"date", Field::date},
    {"link", Field::link},
    {"company", Field::company},
    {"field", Field::sector},
    {"round", Field::round},
    {"amount", Field::amount},
    {"investor", Field::investors},
});

inline constexpr auto defillama_headers = std::to_array<Header>({
    {"name", Field::company},
    {"date", Field::date},
    {"amount raised", Field::amount_usd},
    {"round", Field::round},
    {"category", Field::sector},
    {"lead investor", Field::lead_investors},
    {"other investors", Field::investors},
});

}  // namespace coinvest
