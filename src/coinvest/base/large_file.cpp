// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/large_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <tuple>
#include <utility>

#include "coinvest/base/descriptor.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/base/parallel.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr std::size_t piece = std::size_t{4} << 20;
constexpr std::size_t longest_rest = 3;  // bytes of a character behind its first

/// Reads `size` bytes at `offset`: how many there were, or -1 and errno.
ssize_t read_at(int file, char* target, std::size_t size, std::size_t offset) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(file, target + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<ssize_t>(done);
}

/// What tells whether a file was written to.
auto version_of(const struct stat& status) {
  return std::tuple(status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/// Bytes at the front that belong to a character which begins before.
std::size_t begun_before(std::string_view bytes) {
  std::size_t count = 0;
  while (count < std::min(bytes.size(), longest_rest) && (static_cast<unsigned char>(bytes[count]) & 0xC0) == 0x80)
    ++count;
  return count;
}

/// True of text as a table begins: a letter, digit, quote or another character of UTF-8, and a line end in sight.
bool begins_like_a_table(std::string_view bytes) {
  if (bytes.empty() || bytes.starts_with("\xEF\xBB\xBF") || bytes.find('\n') == std::string_view::npos) return false;
  const char first = bytes.front();
  return static_cast<unsigned char>(first) > ' ' && std::string_view("<%{[").find(first) == std::string_view::npos;
}

}  // namespace

struct LargeFile::State {
  State(std::string name, int descriptor) : path(std::move(name)), file(descriptor) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (bytes != nullptr) ::munmap(bytes, size);
  }

  /// Reads the whole file; false if it is no plain UTF-8.
  bool look(unsigned threads) const {
    constexpr std::size_t step = std::size_t{256} << 10;  // stays in the nearer cache
    Context context;                                      // without a stop flag: half a look says nothing
    context.threads = std::max(threads, 1U);
    std::atomic<bool> is_plain = true;
    parallel_for(context.threads, context, [&](std::size_t thread) {
      std::string buffer(step + longest_rest, '\0');
      for (std::size_t begin = thread * step; begin < size && is_plain; begin += context.threads * step) {
        const ssize_t got = read_at(file.number(), buffer.data(), buffer.size(), begin);
        const std::string_view there(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        const std::string_view behind = there.substr(std::min(step, there.size()));
        std::string_view text = there.substr(0, there.size() - behind.size() + begun_before(behind));
        if (begin != 0) text.remove_prefix(begun_before(text));
        const bool is_text = there.size() >= std::min(step, size - begin) && text.find('\0') == text.npos &&
                             !first_invalid_utf8(text) && (begin != 0 || begins_like_a_table(text));
        if (!is_text) is_plain = false;
      }
    });
    return is_plain;
  }

  std::string path;
  Descriptor file;
  struct stat status {};
  std::size_t size = 0;
  Sha256 digest;                        // of what was filled
  char* bytes = nullptr;                // as many addresses as the file has bytes
  std::size_t dropped = 0, filled = 0;  // [dropped, filled) is in memory
};

LargeFile::LargeFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
LargeFile::LargeFile(LargeFile&&) noexcept = default;
LargeFile& LargeFile::operator=(LargeFile&&) noexcept = default;
LargeFile::~LargeFile() = default;

std::optional<LargeFile> LargeFile::open(const std::string& path, std::uint64_t smallest, unsigned threads) {
  auto state = std::make_unique<State>(path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!state->file.open() || ::fstat(state->file.number(), &state->status) != 0) return std::nullopt;
  if (!S_ISREG(state->status.st_mode) ||
      static_cast<std::uint64_t>(state->status.st_size) < std::max<std::uint64_t>(smallest, 1))
    return std::nullopt;
  state->size = static_cast<std::size_t>(state->status.st_size);
  if (!state->look(threads)) return std::nullopt;
  void* addresses =
      ::mmap(nullptr, state->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (addresses == MAP_FAILED) return std::nullopt;
  state->bytes = static_cast<char*>(addresses);
  ::madvise(addresses, state->size, MADV_HUGEPAGE);  // where the system has them: a fault for 512 pages
  return LargeFile(std::move(state));
}

std::string_view LargeFile::text() const {
  return {state_->bytes, state_->size};
}

std::string LargeFile::sha256() const {
  return state_->digest.hex();
}

Result<std::size_t> LargeFile::ready(std::size_t begin, std::size_t end) {
  State& state = *state_;
  const auto refused = [&](std::string what) { return fail(ErrorKind::io, std::move(what), {state.path, 0, ""}); };
  if (const std::size_t whole = begin / piece * piece; whole > state.dropped) {
    ::madvise(state.bytes + state.dropped, whole - state.dropped, MADV_DONTNEED);
    state.dropped = whole;
  }
  while (state.filled < std::min(end, state.size)) {
    const std::size_t wanted = std::min(piece, state.size - state.filled);
    const ssize_t got = read_at(state.file.number(), state.bytes + state.filled, wanted, state.filled);
    if (got < 0) return refused(fmt::format("cannot be read: {}", std::generic_category().message(errno)));
    struct stat now {};
    const bool same = ::fstat(state.file.number(), &now) == 0 && version_of(now) == version_of(state.status);
    if (!same || static_cast<std::size_t>(got) != wanted)
      return refused("changed while it was read; try again when it is complete");
    state.digest.add({state.bytes + state.filled, wanted});
    state.filled += wanted;
  }
  return state.filled;
}

}  // namespace coinvest
