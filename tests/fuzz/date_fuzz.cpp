// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "coinvest/base/date.hpp"

/// Every date lies in range, is an interval, and written out is read as itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  using namespace std::chrono;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const DateOrder order : {DateOrder::unstated, DateOrder::day_first, DateOrder::month_first}) {
    const auto date = parse_date(text, order);
    if (!date) continue;
    if (!date->known() || date->low < sys_days(1900y / 1 / 1) || date->high > sys_days(2100y / 12 / 31)) std::abort();
    const auto again = parse_date(format_date(*date));
    if (!again || !(*again == *date)) std::abort();
  }
  return 0;
}
