// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "coinvest/base/result.hpp"

namespace coinvest {

struct UnpackLimits {
  std::uint64_t bytes = std::uint64_t{4} << 30;
  std::uint64_t free_bytes = std::uint64_t{1} << 20;  ///< the ratio is looked at beyond so many
  std::uint64_t ratio = 200;
};

/// Undoes gzip (all members) or zstd (all frames), recognised by their first bytes, whatever the file is called;
/// everything else comes back as it is. `file` is used in messages alone.
/// Fails (input): damaged, truncated, something else behind the last member; (limit): larger than `limits` allow.
Result<std::string> unpack(std::string bytes, const std::string& file, UnpackLimits limits = {});

/// What unpacking must hold to: looked at after every piece of output, so that a bomb costs no more than the limit.
/// Fails (limit).
Result<void> within_limits(std::uint64_t output, std::uint64_t input, const UnpackLimits& limits,
                           const std::string& file);

}  // namespace coinvest
