// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/file.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "folder.hpp"

namespace fs = std::filesystem;
using coinvest::Overwrite;
using coinvest::tests::Folder;

namespace {

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string get(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Files of a folder, so that a forgotten temporary one is seen.
std::size_t entries(const std::string& path) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

/// Standard output leads to `path` while it lives.
class Redirect {
 public:
  explicit Redirect(const char* path) : saved_(::dup(STDOUT_FILENO)) {
    const int file = ::open(path, O_WRONLY);
    ::dup2(file, STDOUT_FILENO);
    ::close(file);
  }
  explicit Redirect(int descriptor) : saved_(::dup(STDOUT_FILENO)) { ::dup2(descriptor, STDOUT_FILENO); }
  Redirect(const Redirect&) = delete;
  Redirect& operator=(const Redirect&) = delete;
  ~Redirect() {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

}  // namespace

TEST_CASE("a file comes back as it was written") {
  const Folder folder;
  const std::string bytes = std::string("智驭科技\r\n\0x", 16) + std::string(200'000, 'y');
  REQUIRE(coinvest::write_file(folder / "a.bin", bytes, Overwrite::refuse));
  CHECK(coinvest::read_file(folder / "a.bin") == bytes);
  CHECK(coinvest::write_file(folder / "empty", "", Overwrite::refuse));
  CHECK(coinvest::read_file(folder / "empty") == std::string());
  CHECK(entries(folder.path()) == 2);
}

TEST_CASE("what cannot be read says why and where") {
  const Folder folder;
  const auto missing = coinvest::read_file(folder / "missing.csv");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == coinvest::ErrorKind::io);
  CHECK(missing.error().where.file == folder / "missing.csv");
  CHECK(missing.error().message == "cannot be opened: No such file or directory");
  const auto directory = coinvest::read_file(folder.path());
  REQUIRE_FALSE(directory);
  CHECK(directory.error().message.find("directory") != std::string::npos);
}

TEST_CASE("the size limit holds for files and for streams") {
  const Folder folder;
  put(folder / "ten", "0123456789");
  CHECK(coinvest::read_file(folder / "ten", 10));
  REQUIRE_FALSE(coinvest::read_file(folder / "ten", 9));
  CHECK(coinvest::read_file(folder / "ten", 9).error().kind == coinvest::ErrorKind::limit);
  REQUIRE_FALSE(coinvest::read_file("/dev/zero", 100'000));
  CHECK(coinvest::read_file("/dev/zero", 100'000).error().kind == coinvest::ErrorKind::limit);
}

TEST_CASE("files without a size of their own are read whole") {
  CHECK(coinvest::read_file("/proc/self/status").value().find("Pid:") != std::string::npos);
  CHECK(coinvest::read_file("/dev/null") == std::string());
}

TEST_CASE("minus is standard input") {
  const Folder folder;
  put(folder / "in", "line\n");
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open((folder / "in").c_str(), O_RDONLY);
  ::dup2(file, STDIN_FILENO);
  const auto text = coinvest::read_file("-");
  ::dup2(saved, STDIN_FILENO);
  ::close(file);
  ::close(saved);
  CHECK(text == std::string("line\n"));
}

TEST_CASE("an existing file is replaced only when asked") {
  const Folder folder;
  put(folder / "a", "old");
  const auto result = coinvest::write_file(folder / "a", "new", Overwrite::refuse);
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "exists already; --overwrite would replace it");
  CHECK(get(folder / "a") == "old");
  CHECK(coinvest::write_file(folder / "a", "new", Overwrite::replace));
  CHECK(get(folder / "a") == "new");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a symbolic link is replaced, its target untouched") {
  const Folder folder;
  put(folder / "target", "precious");
  fs::create_symlink("target", folder / "link");
  fs::create_symlink("nowhere", folder / "dangling");
  CHECK_FALSE(coinvest::write_file(folder / "link", "new", Overwrite::refuse));
  CHECK_FALSE(coinvest::write_file(folder / "dangling", "new", Overwrite::refuse));
  CHECK(coinvest::write_file(folder / "link", "new", Overwrite::replace));
  CHECK(get(folder / "target") == "precious");
  CHECK(get(folder / "link") == "new");
  CHECK_FALSE(fs::is_symlink(folder / "link"));
  CHECK_FALSE(fs::exists(folder / "nowhere"));
}

TEST_CASE("what is not a file is never replaced") {
  const Folder folder;
  fs::create_directory(folder / "sub");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_FALSE(coinvest::write_file(folder / "sub", "x", Overwrite::replace));
  CHECK(coinvest::write_file(folder / "pipe", "x", Overwrite::replace).error().message ==
        "is a pipe; a file is needed here");
  CHECK_FALSE(coinvest::write_file("/dev/full", "x", Overwrite::replace));
  CHECK(fs::is_character_file("/dev/full"));
  CHECK_FALSE(coinvest::write_file("", "x", Overwrite::replace));
  CHECK_FALSE(coinvest::write_file(folder / "sub/", "x", Overwrite::replace));
  // /dev/stdout is such a link: it leads to whatever the stream is.
  fs::create_symlink("/proc/self/fd/0", folder / "stream");
  CHECK_FALSE(coinvest::write_file(folder / "stream", "x", Overwrite::replace));
  CHECK(fs::is_symlink(folder / "stream"));
  CHECK(entries(folder.path()) == 3);
}

TEST_CASE("a folder's own names are no names of files") {
  const coinvest::tests::Folder folder;
  for (const char* name : {"", ".", ".."}) {
    INFO(name);
    CHECK(write_file(folder / name, "x", Overwrite::replace).error().message.find("is not the name of a file") !=
          std::string::npos);
  }
}

TEST_CASE("a missing or closed folder is an error") {
  const Folder folder;
  CHECK(coinvest::write_file(folder / "none/a", "x", Overwrite::refuse).error().message ==
        "its folder cannot be opened: No such file or directory");
  if (::geteuid() == 0) return;  // root may write everywhere
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto result = coinvest::write_file(folder / "a", "x", Overwrite::refuse);
  fs::permissions(folder.path(), fs::perms::owner_all);
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "cannot be written: Permission denied");
}

TEST_CASE("a write that breaks off leaves the old file and nothing else") {
  const Folder folder;
  put(folder / "a", "old");
  struct rlimit before {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 4096, before.rlim_max };
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto result = coinvest::write_file(folder / "a", std::string(10'000, 'x'), Overwrite::replace);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "cannot be written: File too large");
  CHECK(get(folder / "a") == "old");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a file that is written part by part is there when it is kept, and leaves nothing when it is not") {
  const Folder folder;
  {
    auto file = coinvest::NewFile::open(folder / "a", Overwrite::refuse);
    REQUIRE(file);
    REQUIRE(file->append("one "));
    REQUIRE(file->append("two"));
    CHECK_FALSE(fs::exists(folder / "a"));
    REQUIRE(file->keep());
    CHECK(get(folder / "a") == "one two");
    CHECK(entries(folder.path()) == 1);
  }
  {
    auto file = coinvest::NewFile::open(folder / "b", Overwrite::refuse);
    REQUIRE(file);
    REQUIRE(file->append("half"));
  }
  CHECK(entries(folder.path()) == 1);
  CHECK_FALSE(coinvest::NewFile::open(folder / "a", Overwrite::refuse));
}

TEST_CASE("standard output: a full device fails, a reader that has gone does not") {
  const auto full = [] {
    const Redirect redirect("/dev/full");
    return coinvest::write_stdout("x");
  }();
  REQUIRE_FALSE(full);
  CHECK(full.error().message == "cannot be written: No space left on device");

  const auto handler = std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  const auto gone = [&] {
    const Redirect redirect(ends[1]);
    return coinvest::write_stdout("x");
  }();
  ::close(ends[1]);
  std::signal(SIGPIPE, handler);
  CHECK(gone == false);

  const auto fine = [] {
    const Redirect redirect("/dev/null");
    return coinvest::write_stdout("x");
  }();
  CHECK(fine == true);
}

TEST_CASE("folders are made with their parents") {
  const Folder folder;
  CHECK(coinvest::make_folder(folder / "a/b/c"));
  CHECK(coinvest::make_folder(folder / "a/b/c"));
  CHECK(fs::is_directory(folder / "a/b/c"));
  put(folder / "file", "");
  CHECK_FALSE(coinvest::make_folder(folder / "file"));
  CHECK_FALSE(coinvest::make_folder(folder / "file/sub"));
}

TEST_CASE("SHA-256 of the published vectors") {
  // NIST FIPS 180-4 examples.
  CHECK(coinvest::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(coinvest::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
