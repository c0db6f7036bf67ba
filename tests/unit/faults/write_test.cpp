// SPDX-License-Identifier: Apache-2.0
// The linker puts the functions below in the place of the system's (--wrap), so that the N-th call of any of them
// fails.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/report/report.hpp"
#include "folder.hpp"

namespace fs = std::filesystem;
using coinvest::Overwrite;
using coinvest::tests::Folder;

namespace {

/// Calls until one fails; negative: none will.
long calls_left = -1;
int error_of_fault = ENOSPC;
bool writes_are_short = false;
bool fired = false;

bool fails_now() {
  if (calls_left < 0 || --calls_left > 0) return false;
  calls_left = -1;
  fired = true;
  errno = error_of_fault;
  return true;
}

using Files = std::map<std::string, std::string>;

Files files_below(const std::string& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (!entry.is_directory())
      files[fs::relative(entry.path(), folder).string()] = coinvest::read_file(entry.path().string()).value();
  return files;
}

std::vector<coinvest::OutputFile> report_of(const std::string& text) {
  coinvest::ReportContent content;
  content.title = content.finding = text;
  content.sections = {{"a", "A", {}, {{text, {text}, "graph {}\n", ""}}, {{text, text, {{"n"}}, {{text}}, {}, {}}}}};
  return coinvest::report_files(content, "9.9").value();
}

/// Runs `write` with its first call failing, then its second, ..., until one run meets no fault; `check` looks at what
/// each failed run left. Returns the number of faults.
std::size_t with_every_fault(const std::function<coinvest::Result<void>()>& write, const std::function<void()>& check) {
  for (long call = 1;; ++call) {
    fired = false;
    calls_left = call;
    const auto written = write();
    calls_left = -1;
    if (!fired) {
      REQUIRE(written);
      return static_cast<std::size_t>(call) - 1;
    }
    if (!written) CHECK_FALSE(written.error().message.empty());
    check();
  }
}

}  // namespace

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): the linker asks for these names
int __real_openat(int folder, const char* path, int flags, ...);
ssize_t __real_write(int file, const void* bytes, size_t size);
int __real_fsync(int file);
int __real_rename(const char* from, const char* to);
int __real_renameat(int from_folder, const char* from, int to_folder, const char* to);
int __real_renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags);

int __wrap_openat(int folder, const char* path, int flags, mode_t mode) {
  return fails_now() ? -1 : __real_openat(folder, path, flags, mode);
}
ssize_t __wrap_write(int file, const void* bytes, size_t size) {
  if (fails_now()) return -1;
  return __real_write(file, bytes, writes_are_short && calls_left >= 0 ? (size + 1) / 2 : size);
}
int __wrap_fsync(int file) {
  return fails_now() ? -1 : __real_fsync(file);
}
int __wrap_rename(const char* from, const char* to) {
  return fails_now() ? -1 : __real_rename(from, to);
}
int __wrap_renameat(int from_folder, const char* from, int to_folder, const char* to) {
  return fails_now() ? -1 : __real_renameat(from_folder, from, to_folder, to);
}
int __wrap_renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  return fails_now() ? -1 : __real_renameat2(from_folder, from, to_folder, to, flags);
}
// NOLINTEND(bugprone-reserved-identifier)
}

TEST_CASE("a single file survives every fault whole, the old one or the new one") {
  for (const bool is_short : {false, true}) {
    for (const int error : {ENOSPC, EIO, EACCES, EINTR}) {
      writes_are_short = is_short;
      error_of_fault = error;
      const Folder folder;
      REQUIRE(coinvest::write_file(folder / "a.csv", "old", Overwrite::refuse));
      const std::string coming(10'000, 'n');
      const auto faults =
          with_every_fault([&] { return coinvest::write_file(folder / "a.csv", coming, Overwrite::replace); },
                           [&] {
                             const Files files = files_below(folder.path());
                             CHECK(files.size() == 1);
                             CHECK((files.at("a.csv") == "old" || files.at("a.csv") == coming));
                           });
      CHECK(faults >= 4);
      std::cout << fmt::format("a file: {} faults (errno {}, {} writes)\n", faults, error,
                               is_short ? "short" : "whole");
      CHECK(coinvest::read_file(folder / "a.csv") == coming);
    }
  }
  writes_are_short = false;
}

TEST_CASE("a new file is there whole, or not at all, where a file system cannot rename without replacing") {
  const Folder folder;
  for (const int error : {EINVAL, ENOSYS}) {
    error_of_fault = error;
    std::size_t linked = 0;
    const auto write = [&] { return coinvest::write_file(folder / "a.csv", "new", Overwrite::refuse); };
    with_every_fault(write, [&] {
      const Files files = files_below(folder.path());
      if (files.empty()) return;
      CHECK(files == Files{{"a.csv", "new"}});
      ++linked;
      fs::remove(folder / "a.csv");
    });
    CHECK(linked >= 1);
    fs::remove(folder / "a.csv");
  }
  error_of_fault = ENOSPC;
}

TEST_CASE("a new report is there whole or not at all") {
  const Folder folder;
  const auto files = report_of("new");
  const auto faults =
      with_every_fault([&] { return coinvest::write_report(files, folder / "r", Overwrite::refuse, {}); },
                       [&] {
                         // A folder that cannot be synced does not keep a report from being whole.
                         if (fs::exists(folder / "r/manifest.json")) fs::remove_all(folder / "r");
                         CHECK(fs::is_empty(folder.path()));
                       });
  std::cout << fmt::format("a new report: {} faults\n", faults);
  CHECK(faults > 4 * files.size());
}

TEST_CASE("a replaced report keeps every file whole, and the next replacement mends it") {
  const auto before = report_of("old"), after = report_of("new");
  const Folder folder, fresh;
  REQUIRE(coinvest::write_report(before, fresh / "old", Overwrite::refuse, {}));
  REQUIRE(coinvest::write_report(after, fresh / "new", Overwrite::refuse, {}));
  const Files old_files = files_below(fresh / "old"), new_files = files_below(fresh / "new");
  const auto restore = [&] {
    fs::remove_all(folder / "r");
    fs::copy(fresh / "old", folder / "r", fs::copy_options::recursive);
  };
  restore();
  const auto faults =
      with_every_fault([&] { return coinvest::write_report(after, folder / "r", Overwrite::replace, {}); },
                       [&] {
                         for (const auto& [name, bytes] : files_below(folder / "r")) {
                           if (name == ".coinvest-manifest.tmp")
                             continue;  // says to whom the files belong that were moved already
                           const bool was_there = old_files.contains(name) && old_files.at(name) == bytes;
                           CHECK((was_there || (new_files.contains(name) && new_files.at(name) == bytes)));
                         }
                         REQUIRE(coinvest::write_report(after, folder / "r", Overwrite::replace, {}));
                         CHECK(files_below(folder / "r") == new_files);
                         restore();
                       });
  std::cout << fmt::format("a replaced report: {} faults\n", faults);
  CHECK(faults > 5 * after.size());
  CHECK(files_below(folder / "r") == new_files);
}
