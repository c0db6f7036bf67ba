// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// A text that is too large to be held. It has addresses of its own for all its bytes, but only those around the place
/// that is read are in memory. Opening reads it once, to see that it is plain UTF-8; using it reads it again, once and
/// in order.
class LargeFile {
 public:
  /// Nothing if the file is smaller than `smallest` or has to be read whole to be understood: packed, of another
  /// encoding or kind, with a byte order mark or a NUL, or not a regular file.
  static std::optional<LargeFile> open(const std::string& path, std::uint64_t smallest, unsigned threads = 1);

  LargeFile(LargeFile&&) noexcept;
  LargeFile& operator=(LargeFile&&) noexcept;
  ~LargeFile();

  /// All of it. What `ready` has not made readable yet reads as NULs.
  std::string_view text() const;
  /// Of all its bytes, once `ready` has brought the last of them; to be asked once.
  std::string sha256() const;
  /// Makes [begin, end) readable and gives up what lies before; `begin` never goes back. Returns where the readable
  /// part ends: at `end`, behind it, or at the end of the text. Fails (io): the system refuses, or the file changed.
  Result<std::size_t> ready(std::size_t begin, std::size_t end);

 private:
  struct State;
  explicit LargeFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace coinvest
