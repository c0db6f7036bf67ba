// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

struct evp_md_ctx_st;  // of OpenSSL

namespace coinvest {

enum class Overwrite : std::uint8_t { refuse, replace };

/// The whole content of a file, read once; "-" is standard input. Fails (io): missing, a directory, unreadable, it
/// changed its size meanwhile; (limit): more than `largest` bytes.
Result<std::string> read_file(const std::string& path, std::uint64_t largest = std::uint64_t{4} << 30);

/// Writes `bytes` to `path` whole or not at all: a temporary file `.coinvest-*.tmp` in the same folder, fsync, rename.
/// A symbolic link at `path` is replaced, never followed. Fails (io): exists and `refuse`; anything the system refuses.
Result<void> write_file(const std::string& path, std::string_view bytes, Overwrite overwrite);

/// Writes to standard output and checks the result. A reader that has gone is not an error: then `false`.
Result<bool> write_stdout(std::string_view bytes);

/// Creates `path` and its missing parents. Fails (io).
Result<void> make_folder(const std::string& path);

/// The SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// 64 lower-case hex digits. Nothing can be added afterwards.
  std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace coinvest
