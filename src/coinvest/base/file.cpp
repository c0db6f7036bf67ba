// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "coinvest/base/descriptor.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

tl::unexpected<Error> refused(std::string_view what, int error, const std::string& path) {
  return fail(ErrorKind::io, fmt::format("{}: {}", what, std::generic_category().message(error)), {path, 0, ""});
}

/// 0 or an errno.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Opens a new file that nobody else has in `folder`; its name goes to `name`. On failure -1 and errno.
int open_temporary(int folder, std::string& name) {
  for (unsigned attempt = 0; attempt < 10'000; ++attempt) {
    name = fmt::format(".coinvest-{}-{}.tmp", ::getpid(), attempt);
    const int file = ::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file >= 0 || errno != EEXIST) return file;
  }
  return -1;
}

/// Gives the temporary file its name. 0 or an errno.
int move_into_place(int folder, const std::string& temporary, const std::string& name, Overwrite overwrite) {
  if (overwrite == Overwrite::replace)
    return ::renameat(folder, temporary.c_str(), folder, name.c_str()) == 0 ? 0 : errno;
  if (::renameat2(folder, temporary.c_str(), folder, name.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // Some file systems cannot rename without replacing; a hard link never replaces either.
  if (::linkat(folder, temporary.c_str(), folder, name.c_str(), 0) != 0) return errno;
  return ::unlinkat(folder, temporary.c_str(), 0) == 0 ? 0 : errno;
}

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t largest) {
  const bool standard_input = path == "-";
  const Descriptor file(standard_input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                       : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.open()) return refused("cannot be opened", errno, path);
  struct stat before {};
  if (::fstat(file.number(), &before) != 0) return refused("cannot be read", errno, path);
  if (S_ISDIR(before.st_mode)) return fail(ErrorKind::io, "is a directory; a file is needed here", {path, 0, ""});
  const bool regular = S_ISREG(before.st_mode);
  const auto too_large = [&] {
    return fail(ErrorKind::limit, fmt::format("is larger than the limit of {}", size_text(largest)), {path, 0, ""});
  };
  const std::uint64_t expected = regular ? static_cast<std::uint64_t>(before.st_size) : 0;
  if (expected > largest) return too_large();

  // One byte more than expected: the last read then sees the end of the file without growing the buffer.
  std::string bytes(std::max<std::size_t>(expected + 1, 1 << 16), '\0');
  std::size_t size = 0;
  while (true) {
    const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused("cannot be read", errno, path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > largest) return too_large();
    if (size == bytes.size()) bytes.resize(2 * size);
  }
  struct stat after {};
  if (::fstat(file.number(), &after) != 0) return refused("cannot be read", errno, path);
  // Files of /proc say 0 bytes and have more; whatever else differs was written to while we read it. Standard input may
  // begin in the middle of its file.
  if (regular && (after.st_size != before.st_size || (!standard_input && expected != 0 && size != expected)))
    return fail(ErrorKind::io, "changed while it was read; try again when it is complete", {path, 0, ""});
  bytes.resize(size);
  return bytes;
}

struct NewFile::Parts {
  std::string path, name, temporary;
  Overwrite overwrite;
  Descriptor folder, file;

  void discard() { ::unlinkat(folder.number(), temporary.c_str(), 0); }
};

NewFile::NewFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
NewFile::NewFile(NewFile&&) noexcept = default;
NewFile::~NewFile() {
  if (parts_ != nullptr) parts_->discard();
}

Result<NewFile> NewFile::open(const std::string& path, Overwrite overwrite) {
  const std::filesystem::path target(path);
  const std::string name = target.filename().string();
  if (name.empty() || name == "." || name == "..")
    return fail(ErrorKind::io, fmt::format("'{}' is not the name of a file", path));
  const std::string parent = target.has_parent_path() ? target.parent_path().string() : ".";
  Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.open()) return refused("its folder cannot be opened", errno, path);

  // Asked before the work, for the clear message; the rename below decides.
  struct stat existing {};
  if (::fstatat(folder.number(), name.c_str(), &existing, AT_SYMLINK_NOFOLLOW) == 0) {
    if (overwrite == Overwrite::refuse)
      return fail(ErrorKind::io, "exists already; --overwrite would replace it", {path, 0, ""});
    // A rename would put a file in place of the device itself, or of /dev/stdout that leads to one.
    std::array<char, 16> link{};
    const ssize_t length = ::readlinkat(folder.number(), name.c_str(), link.data(), link.size());
    if (std::string_view(link.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))).starts_with("/proc/"))
      return fail(ErrorKind::io, "is an open stream; a file is needed here", {path, 0, ""});
    if (::fstatat(folder.number(), name.c_str(), &existing, 0) == 0 && !S_ISREG(existing.st_mode))
      return fail(ErrorKind::io, fmt::format("is {}; a file is needed here", kind_of(existing.st_mode)), {path, 0, ""});
  }

  std::string temporary;
  Descriptor file(open_temporary(folder.number(), temporary));
  if (!file.open()) return refused("cannot be written", errno, path);
  return NewFile(
      std::unique_ptr<Parts>(new Parts{path, name, temporary, overwrite, std::move(folder), std::move(file)}));
}

Result<void> NewFile::append(std::string_view bytes) {
  const int error = write_all(parts_->file.number(), bytes);
  if (error != 0) return refused("cannot be written", error, parts_->path);
  return {};
}

Result<void> NewFile::keep() {
  const std::unique_ptr<Parts> parts = std::move(parts_);
  int error = ::fsync(parts->file.number()) != 0 ? errno : 0;
  if (const int closing = parts->file.close(); error == 0) error = closing;
  if (error == 0) error = move_into_place(parts->folder.number(), parts->temporary, parts->name, parts->overwrite);
  if (error != 0) {
    parts->discard();
    return refused("cannot be written", error, parts->path);
  }
  // The file is whole under either name; a file system that cannot sync a folder is no reason to fail.
  ::fsync(parts->folder.number());
  return {};
}

Result<void> write_file(const std::string& path, std::string_view bytes, Overwrite overwrite) {
  const auto produce = [bytes](const Sink& sink) -> Result<void> {
    sink(bytes);
    return {};
  };
  return write_file(path, produce, overwrite);
}

Result<void> write_file(const std::string& path, const std::function<Result<void>(const Sink&)>& produce,
                        Overwrite overwrite) {
  auto file = NewFile::open(path, overwrite);
  if (!file) return tl::unexpected(file.error());
  Result<void> written;
  auto produced = produce([&](std::string_view bytes) {
    if (written) written = file->append(bytes);
  });
  if (!produced) return produced;
  if (!written) return written;
  return file->keep();
}

Result<bool> write_stdout(std::string_view bytes) {
  const int error = write_all(STDOUT_FILENO, bytes);
  if (error == EPIPE) return false;
  if (error != 0) return refused("cannot be written", error, "standard output");
  return true;
}

Result<void> make_folder(const std::string& path) {
  if (path.empty()) return fail(ErrorKind::io, "'' is not the name of a folder");
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return refused("cannot be created", error.value(), path);
  return {};
}

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
}

void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1)
    throw std::runtime_error("SHA-256 is not available");
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context_.get(), digest.data(), &length) != 1)
    throw std::runtime_error("SHA-256 is not available");
  std::string text;
  for (unsigned position = 0; position < length; ++position) text += fmt::format("{:02x}", digest[position]);
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

}  // namespace coinvest
