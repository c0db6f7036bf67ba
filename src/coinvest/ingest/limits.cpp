// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/limits.hpp"

#include <fmt/format.h>

#include "coinvest/base/text.hpp"

namespace coinvest {

tl::unexpected<Error> too_large(std::uint64_t bytes, Place where) {
  return fail(ErrorKind::limit, fmt::format("holds more than {}; --max-file raises the limit", size_text(bytes)),
              std::move(where));
}

tl::unexpected<Error> too_many_columns(const TableLimits& limits, Place where) {
  return fail(ErrorKind::limit, fmt::format("more than {} columns; --max-columns raises the limit", limits.columns),
              std::move(where));
}

tl::unexpected<Error> too_long(std::string_view what, const TableLimits& limits, Place where) {
  return fail(ErrorKind::limit,
              fmt::format("{} of more than {}; --max-field raises the limit", what, size_text(limits.field_bytes)),
              std::move(where));
}

Result<void> within_limits(std::uint64_t output, std::uint64_t input, const UnpackLimits& limits,
                           const std::string& file) {
  if (output > limits.bytes) return too_large(limits.bytes, {file, 0, ""});
  if (output > limits.free_bytes && output - limits.free_bytes > limits.ratio * input) {
    return fail(ErrorKind::limit,
                fmt::format("unpacks to more than {} times its size; --max-ratio raises the limit", limits.ratio),
                {file, 0, ""});
  }
  return {};
}

}  // namespace coinvest
