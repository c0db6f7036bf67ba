// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// What unpacking must hold to.
struct UnpackLimits {
  std::uint64_t bytes = std::uint64_t{4} << 30;
  std::uint64_t free_bytes = std::uint64_t{1} << 20;  ///< the ratio is looked at beyond so many
  std::uint64_t ratio = 200;
};

/// What a table may be like.
struct TableLimits {
  std::size_t field_bytes = std::size_t{64} << 10;
  std::size_t columns = 1024;
};

/// Both, of every file of a data set; `unpack.bytes` also holds for files that are not packed.
struct ReadLimits {
  UnpackLimits unpack{};
  TableLimits table{};
};

// The errors (limit) of what exceeds them name the option of the program that raises the limit.

tl::unexpected<Error> too_large(std::uint64_t bytes, Place where);
tl::unexpected<Error> too_many_columns(const TableLimits& limits, Place where);
/// `what` is longer than a field may be: "a field".
tl::unexpected<Error> too_long(std::string_view what, const TableLimits& limits, Place where);

/// Looked at after every piece of what is unpacked, so that a bomb costs no more than the limit. Fails (limit).
Result<void> within_limits(std::uint64_t output, std::uint64_t input, const UnpackLimits& limits,
                           const std::string& file);

}  // namespace coinvest
