// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "coinvest/ingest/container.hpp"

struct zip;

namespace coinvest {

/// A ZIP archive in memory. `bytes` and `file` must outlive it; `file` is used in messages alone.
class Archive {
 public:
  /// Fails (input): damaged; (limit): more than 10,000 entries.
  static Result<Archive> open(std::string_view bytes, const std::string& file, UnpackLimits limits);

  /// The bytes of an entry, whatever the case of its name; nothing if there is none. Fails (input): damaged, with a
  /// password; (limit): all entries read so far are larger or denser than the limits allow.
  Result<std::optional<std::string>> entry(const std::string& name);

  const std::string& file() const { return *file_; }

 private:
  struct Discard {
    void operator()(zip* archive) const;
  };
  Archive(zip* archive, std::uint64_t size, const std::string& file, UnpackLimits limits)
      : archive_(archive), size_(size), file_(&file), limits_(limits) {}

  std::unique_ptr<zip, Discard> archive_;
  std::uint64_t size_ = 0, unpacked_ = 0;
  const std::string* file_;
  UnpackLimits limits_;
};

}  // namespace coinvest
