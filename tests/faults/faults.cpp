// SPDX-License-Identifier: Apache-2.0
// Preloaded into the program (LD_PRELOAD), it lets one of its calls of the file system fail:
//
//   COINVEST_FAULT_CALL   which one, from 1 on; without it none fails
//   COINVEST_FAULT_ERROR  the errno; 0: a write takes half of the bytes only, other calls pass
//   COINVEST_FAULT_LOG    a file to which every call is appended, one line each
#include <linux/fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

long number_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? -1 : std::strtol(text, nullptr, 10);
}

/// The functions below are in the place of the system's, so that they cannot be called from here.
int call(long number, auto... arguments) {
  return static_cast<int>(::syscall(number, arguments...));
}

void append_to_log(const std::string& line) {
  const char* path = std::getenv("COINVEST_FAULT_LOG");
  if (path == nullptr) return;
  const int kept = errno;
  const int log = call(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  call(SYS_write, log, line.data(), line.size());
  call(SYS_close, log);
  errno = kept;
}

/// Counts a call; true if it is the one that is to fail.
bool counts_down(const char* name, const std::string& what) {
  static std::atomic<long> calls{0};
  static const long chosen = number_of("COINVEST_FAULT_CALL");
  append_to_log(std::string(name) + " " + what + "\n");
  return ++calls == chosen;
}

/// 0: the call passes.
int error_now(const char* name, const std::string& what) {
  static const long error = number_of("COINVEST_FAULT_ERROR");
  return counts_down(name, what) ? static_cast<int>(error) : 0;
}

int refused(int error) {
  errno = error;
  return -1;
}

int open_file(int folder, const char* path, int flags, mode_t mode) {
  const int error = error_now("open", path);
  return error != 0 ? refused(error) : call(SYS_openat, folder, path, flags, mode);
}

int rename_file(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  const int error = error_now("rename", to);
  return error != 0 ? refused(error) : call(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

}  // namespace

extern "C" {

int open(const char* path, int flags, mode_t mode) {
  return open_file(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, mode_t mode) {
  return open_file(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, mode_t mode) {
  return open_file(folder, path, flags, mode);
}
int openat64(int folder, const char* path, int flags, mode_t mode) {
  return open_file(folder, path, flags, mode);
}

ssize_t write(int file, const void* bytes, size_t size) {
  static const long error = number_of("COINVEST_FAULT_ERROR");
  const bool now = counts_down("write", std::to_string(file));
  if (now && error != 0) return refused(static_cast<int>(error));
  return ::syscall(SYS_write, file, bytes, now ? (size + 1) / 2 : size);
}

int fsync(int file) {
  const int error = error_now("fsync", std::to_string(file));
  return error != 0 ? refused(error) : call(SYS_fsync, file);
}

/// Linux closes the descriptor even where it tells of an error.
int close(int file) {
  const int error = error_now("close", std::to_string(file));
  const int status = call(SYS_close, file);
  return error != 0 ? refused(error) : status;
}

int rename(const char* from, const char* to) noexcept {
  return rename_file(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return rename_file(from_folder, from, to_folder, to, 0);
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  return rename_file(from_folder, from, to_folder, to, flags);
}

int mkdir(const char* path, mode_t mode) noexcept {
  const int error = error_now("mkdir", path);
  return error != 0 ? refused(error) : call(SYS_mkdirat, AT_FDCWD, path, mode);
}
}
