// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/base/result.hpp"
#include "coinvest/ingest/limits.hpp"

namespace coinvest {

/// Undoes gzip (all members) or zstd (all frames), recognised by their first bytes, whatever the file is called;
/// everything else comes back as it is. `file` is used in messages alone.
/// Fails (input): damaged, truncated, something else behind the last member; (limit): larger than `limits` allow.
Result<std::string> unpack(std::string bytes, const std::string& file, UnpackLimits limits = {});

}  // namespace coinvest
