// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/registry_text.hpp"

/// Every holder has a trimmed name of whole characters; amounts are exact and not negative, shares from 0 to 100 %,
/// give or take rounding; and a cell that says nothing names nobody.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  const std::string_view cell(reinterpret_cast<const char*>(data), size);
  if (first_invalid_utf8(cell)) return 0;
  (void)register_item(cell);
  if (const auto capital = parse_registered_capital(cell);
      capital && (capital->low < 0 || capital->low != capital->high))
    std::abort();
  const RegistryText text = parse_registry_text(cell);
  if (trim(cell).empty() && !text.holders.empty()) std::abort();
  for (const RegisteredHolder& holder : text.holders) {
    if (holder.name.empty() || trim(holder.name) != holder.name || first_invalid_utf8(holder.name)) std::abort();
    for (const auto& amount : {holder.subscribed, holder.paid})
      if (amount && (amount->low < 0 || amount->low != amount->high)) std::abort();
    if (holder.percent && !(*holder.percent >= 0 && *holder.percent <= 101)) std::abort();
  }
  if (parse_registry_text(cell).holders != text.holders) std::abort();
  return 0;
}
