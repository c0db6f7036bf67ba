// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/registry.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "coinvest/base/text.hpp"
#include "coinvest/exits/registers.hpp"
#include "coinvest/exits/scope.hpp"

namespace coinvest {
namespace {

constexpr std::array kinds{
    RegistryKind{RegistryCode::invest, "INVEST", "a new shareholder"},
    RegistryKind{RegistryCode::increase, "INCREASE", "a shareholder holds more"},
    RegistryKind{RegistryCode::invest_or_increase, "INVEST_OR_INCREASE", "new or more: the source does not say which"},
    RegistryKind{RegistryCode::removed, "REMOVED", "no longer a shareholder, cause unknown"},
    RegistryKind{RegistryCode::secondary, "SECONDARY", "no longer a shareholder, the buyer is stated"},
    RegistryKind{RegistryCode::replace, "REPLACE", "same owner, other vehicle: neither entry nor exit"},
    RegistryKind{RegistryCode::transfer, "TRANSFER", "a part handed over"},
    RegistryKind{RegistryCode::dilution, "DILUTION", "a smaller share of the same capital: no sale"},
    RegistryKind{RegistryCode::capital, "CAPITAL", "registered capital of the company changed"},
    RegistryKind{RegistryCode::offer, "OFFER", "offered for sale, not sold yet"},
    RegistryKind{RegistryCode::reduction, "REDUCTION", "paid out by a reduction of the company's capital"},
    RegistryKind{RegistryCode::buyback, "BUYBACK", "bought back by the company"},
    RegistryKind{RegistryCode::decrease, "DECREASE", "holds less, cause unknown"},
    RegistryKind{RegistryCode::rename, "RENAME", "the same holder under a new name"},
};
static_assert([] {
  for (std::size_t row = 0; row < kinds.size(); ++row)
    if (static_cast<std::size_t>(kinds[row].code) != row) return false;
  return kinds.size() == static_cast<std::size_t>(RegistryCode::rename) + 1;
}());

RegistryCode code_of(RegistryChange change) {
  switch (change) {
    case RegistryChange::entered:
      return RegistryCode::invest;
    case RegistryChange::increase:
      return RegistryCode::increase;
    case RegistryChange::entered_or_increase:
      return RegistryCode::invest_or_increase;
    case RegistryChange::left:
      return RegistryCode::removed;
    case RegistryChange::replacement:
      return RegistryCode::replace;
    case RegistryChange::transfer:
      return RegistryCode::transfer;
    case RegistryChange::dilution:
      return RegistryCode::dilution;
    case RegistryChange::capital:
      return RegistryCode::capital;
    case RegistryChange::offer:
      return RegistryCode::offer;
  }
  return RegistryCode::capital;
}

bool leaves(const RegistryEvent& event) {
  return event.event == RegistryCode::removed || event.event == RegistryCode::secondary;
}

/// Names the other sides within the rows of one company and day, and finds replacements within one house.
void pair(const Dataset& data, const RollupMap& rollup, std::span<RegistryEvent> day) {
  RegistryEvent* gone = nullptr;
  RegistryEvent* come = nullptr;
  bool candidates = true;  // one went, one came, nothing else is said
  for (RegistryEvent& event : day) {
    if (!event.capital.empty() || event.basis == CounterpartBasis::stated || !event.holder) candidates = false;
    if (event.basis == CounterpartBasis::stated && event.holder) {
      std::optional<InvestorId> other = find_investor(data, event.counterpart);
      if (other) other = rollup.of(*other, event.date);
      if (other == event.holder) event.event = RegistryCode::replace;
      for (RegistryEvent& side : day) {
        if (!other || &side == &event || side.holder != other || side.basis == CounterpartBasis::stated) continue;
        if (!side.counterpart.empty()) side.counterpart += "; ";
        side.counterpart += data.name(*event.holder);
        side.basis = CounterpartBasis::paired;
        if (side.event == RegistryCode::removed) side.event = RegistryCode::secondary;
      }
    }
  }
  for (RegistryEvent& left : day)
    for (RegistryEvent& entered : day)
      if (leaves(left) && entered.event == RegistryCode::invest && left.holder && left.holder == entered.holder)
        left.event = entered.event = RegistryCode::replace;
  for (RegistryEvent& event : day) {
    RegistryEvent** const side = event.event == RegistryCode::removed ? &gone : &come;
    if (event.event != RegistryCode::removed && event.event != RegistryCode::invest) continue;
    candidates = candidates && *side == nullptr;
    *side = &event;
  }
  if (!candidates || gone == nullptr || come == nullptr) return;
  gone->counterpart = data.name(*come->holder);
  come->counterpart = data.name(*gone->holder);
  gone->basis = come->basis = CounterpartBasis::candidate;
}

}  // namespace

HolderLabel label_of(const Dataset& data, InvestorId holder) {
  const std::string type = lower_ascii(data.investors.type[index(holder)]);
  const std::string& name = data.name(holder);
  if (type == "person" || type == "individual" || type == "自然人") return HolderLabel::natural_person;
  if (name.find("员工持股") != name.npos || name.find("ESOP") != name.npos) return HolderLabel::employee_platform;
  return HolderLabel::none;
}

std::span<const RegistryKind> registry_kinds() {
  return kinds;
}
std::string_view name_of(RegistryCode code) {
  return kinds[static_cast<std::size_t>(code)].name;
}

std::string_view name_of(CounterpartBasis basis) {
  constexpr std::array<std::string_view, 5> names{"", "stated", "paired", "candidate", "same house"};
  return names[static_cast<std::size_t>(basis)];
}

std::string_view name_of(HolderLabel label) {
  constexpr std::array<std::string_view, 3> names{"", "natural person", "employee platform"};
  return names[static_cast<std::size_t>(label)];
}

std::string_view name_of(Extent extent) {
  return extent == Extent::whole ? "" : "part";
}

std::string_view stated_counterpart(std::string_view details) {
  std::string_view name;
  for (const std::string_view opening : {"(from ", "(to "})
    if (const std::size_t at = details.find(opening); at != details.npos && name.empty()) {
      const std::string_view rest = details.substr(at + opening.size());
      name = rest.substr(0, std::min(rest.find(')'), rest.size()));
    }
  for (const std::string_view opening : {"partial transfer to ", "transfer to ", "to "})
    if (name.empty() && trim(details).starts_with(opening)) name = trim(details).substr(opening.size());
  name = trim(name);
  return !name.empty() && name.front() >= '0' && name.front() <= '9' ? std::string_view{} : name;
}

std::vector<RegistryEvent> registry_events(const Deals& deals) {
  const Dataset& data = *deals.data;
  const Selection& selection = deals.selection;
  const CompanyScope scope(deals, CompanyScope::Dates::of_events);
  const RollupMap rollup(data, deals.rollup);
  const bool window = selection.from || selection.to;
  const auto outside = [&](const RegistryEvent& event) {
    return !scope.contains(event.company) ||
           (window && !lies_in(event.date, selection.from.value_or(Day::min()), selection.to.value_or(Day::max()),
                               selection.partial_date));
  };

  std::vector<RegistryEvent> events;
  for (const RegistryRow& row : data.registry) {
    if (!is_visible(selection, row.date, row.known_on, row.grade)) continue;
    RegistryEvent event;
    event.company = row.company;
    event.date = row.date;
    event.event = code_of(row.change);
    if (row.shareholder) {
      event.holder = rollup.of(*row.shareholder, row.date);
      event.shareholder = row.shareholder;
      event.label = label_of(data, *row.shareholder);
    }
    event.counterpart = stated_counterpart(row.details);
    if (!event.counterpart.empty()) {
      event.basis = CounterpartBasis::stated;
      if (event.event == RegistryCode::removed) event.event = RegistryCode::secondary;
    }
    event.capital = row.capital_change;
    event.source_grade = row.grade;
    event.source = row.source;
    events.push_back(std::move(event));
  }
  std::erase_if(events, outside);
  const auto day_of = [](const RegistryEvent& e) { return std::tuple(e.company, e.date.low, e.date.high); };
  const auto sort = [&] {
    std::ranges::stable_sort(events, {}, [&](const RegistryEvent& e) { return std::tuple(day_of(e), e.source); });
  };
  sort();
  for (std::size_t first = 0, next = 0; first < events.size(); first = next) {
    while (next < events.size() && day_of(events[next]) == day_of(events[first])) ++next;
    pair(data, rollup, std::span(events).subspan(first, next - first));
  }
  add_register_events(deals, rollup, events);
  std::erase_if(events, outside);
  sort();
  link_rounds(deals, events);
  return events;
}

}  // namespace coinvest
