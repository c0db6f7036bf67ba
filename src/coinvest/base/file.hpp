// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

enum class Overwrite : std::uint8_t { refuse, replace };

/// The whole content of a file, read once; "-" is standard input. Fails (io): missing, a directory, unreadable, it
/// changed its size meanwhile; (limit): more than `largest` bytes.
Result<std::string> read_file(const std::string& path, std::uint64_t largest = std::uint64_t{4} << 30);

/// A file that appears at its path whole or not at all: until `keep` it is a temporary file `.coinvest-*.tmp` in the
/// same folder, which goes away with this object. A symbolic link at the path is replaced, never followed. Everything
/// fails (io): exists and `refuse`; anything the system refuses.
class NewFile {
 public:
  static Result<NewFile> open(const std::string& path, Overwrite overwrite);
  NewFile(NewFile&&) noexcept;
  ~NewFile();

  Result<void> append(std::string_view bytes);
  /// fsync and rename. To be called once, last.
  Result<void> keep();

 private:
  struct Parts;
  explicit NewFile(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Writes `bytes` to `path` whole or not at all, as NewFile does.
Result<void> write_file(const std::string& path, std::string_view bytes, Overwrite overwrite);

/// Writes to standard output and checks the result. A reader that has gone is not an error: then `false`.
Result<bool> write_stdout(std::string_view bytes);

/// Creates `path` and its missing parents. Fails (io).
Result<void> make_folder(const std::string& path);

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace coinvest
