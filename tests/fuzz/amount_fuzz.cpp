// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/amount.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/round_names.hpp"

/// Every amount is an interval within the limits, and an exact one written out is read as itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (first_invalid_utf8(text)) return 0;
  (void)is_placeholder(text);
  (void)name_fault(text);
  (void)suspect_character(text);
  const RoundName round = read_round_name(text);
  if (round.stage.empty() != trim(text).empty()) std::abort();

  const auto amount = parse_amount(text, Currency("EUR"));
  if (!amount) return 0;
  const bool bounded = amount->high != Amount::unbounded;
  if (amount->low < 0 || amount->low > amount->high || amount->low > Amount::largest) std::abort();
  if (bounded && amount->high > 10 * Amount::largest) std::abort();
  if ((amount->precision == Precision::exact) != (amount->low == amount->high)) {
    const bool collapsed = amount->low == amount->high && amount->precision != Precision::undisclosed;
    if (!collapsed) std::abort();
  }
  if (amount->precision == Precision::exact) {
    const auto again = parse_amount(format_minor(amount->low), amount->currency);
    if (!again || !(*again == *amount)) std::abort();
  }
  return 0;
}
