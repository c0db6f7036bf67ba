// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
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

/// Takes the bytes of an output, piece after piece.
using Sink = std::function<void(std::string_view)>;

/// The same with what `produce` hands over, so that no more than a piece has to be in memory; nothing is written if it
/// fails. After a failure of the file system pieces are dropped.
Result<void> write_file(const std::string& path, const std::function<Result<void>(const Sink&)>& produce,
                        Overwrite overwrite);

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
