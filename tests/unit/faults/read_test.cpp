// SPDX-License-Identifier: Apache-2.0
// The linker puts the functions below in the place of the system's (--wrap), so that the N-th call of any of them
// fails, or a file changes before it.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <string>

#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/base/large_file.hpp"
#include "folder.hpp"

using coinvest::Overwrite;
using coinvest::tests::Folder;

namespace {

long reads_left = -1;  // until the fault; negative: there will be none
int error_of_read = EIO;
std::function<void()> instead;  // of failing

bool read_fails_now() {
  if (reads_left < 0 || --reads_left > 0) return false;
  reads_left = -1;
  if (instead) {
    instead();
    return false;
  }
  errno = error_of_read;
  return true;
}

/// Whether `read` gave the whole text, a reason, or something else, with its first call failing, then its second, ...
template <typename Read>
void with_every_fault_of_reading(const std::string& text, const Read& read) {
  for (const int error : {EIO, EINTR}) {
    error_of_read = error;
    std::size_t refused = 0;
    for (long call = 1;; ++call) {
      reads_left = call;
      const coinvest::Result<std::string> bytes = read();
      const bool fired = reads_left < 0;
      reads_left = -1;
      if (bytes) CHECK(*bytes == text);
      if (!bytes) CHECK(bytes.error().kind == coinvest::ErrorKind::io);
      refused += bytes ? 0U : 1U;
      if (!fired) break;
    }
    CHECK(refused >= 2);  // a state of the file that cannot be asked is no interruption
  }
}

}  // namespace

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): the linker asks for these names
ssize_t __real_read(int file, void* bytes, size_t size);
ssize_t __real_pread(int file, void* bytes, size_t size, off_t offset);
int __real_fstat(int file, struct stat* status);

ssize_t __wrap_read(int file, void* bytes, size_t size) {
  return read_fails_now() ? -1 : __real_read(file, bytes, size);
}
ssize_t __wrap_pread(int file, void* bytes, size_t size, off_t offset) {
  return read_fails_now() ? -1 : __real_pread(file, bytes, size, offset);
}
int __wrap_fstat(int file, struct stat* status) {
  return read_fails_now() ? -1 : __real_fstat(file, status);
}
// NOLINTEND(bugprone-reserved-identifier)
}

TEST_CASE("a file that cannot be read to its end is an error, and never a part of it") {
  const Folder folder;
  const std::string text(200'000, 't');
  REQUIRE(coinvest::write_file(folder / "a.csv", text, Overwrite::refuse));
  with_every_fault_of_reading(text, [&] { return coinvest::read_file(folder / "a.csv"); });
  with_every_fault_of_reading(text, [&]() -> coinvest::Result<std::string> {
    auto large = coinvest::LargeFile::open(folder / "a.csv", 1);
    if (!large) return coinvest::fail(coinvest::ErrorKind::io, "no large file");
    if (const auto ready = large->ready(0, text.size()); !ready) return tl::unexpected(ready.error());
    return std::string(large->text());
  });
}

TEST_CASE("a file that changes while it is read is an error") {
  const Folder folder;
  const std::string path = folder / "a.csv";
  for (const off_t size : {off_t{50'000}, off_t{400'000}}) {
    for (long call = 1; call <= 4; ++call) {
      REQUIRE(coinvest::write_file(path, std::string(200'000, 't'), Overwrite::replace));
      instead = [&] { REQUIRE(::truncate(path.c_str(), size) == 0); };
      reads_left = call;
      const auto bytes = coinvest::read_file(path);
      reads_left = -1;
      instead = nullptr;
      if (bytes)
        CHECK((bytes->size() == static_cast<std::size_t>(size) || bytes->size() == 200'000));
      else
        CHECK(bytes.error().message == "changed while it was read; try again when it is complete");
    }
  }
}
