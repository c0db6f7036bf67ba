// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/layout.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "coinvest/base/descriptor.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/svg.hpp"

namespace coinvest {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_stderr = 4096;
constexpr std::size_t most_output = std::size_t{1} << 30;
constexpr int poll_milliseconds = 50;
constexpr unsigned most_pixels = 8000;

struct Channel {
  Descriptor ours, theirs;
};

/// A socket pair rather than a pipe: `send` can be told not to raise SIGPIPE when the engine is gone.
Result<Channel> open_channel() {
  std::array<int, 2> fds{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    return fail(ErrorKind::io, fmt::format("no channel to the layout engine: {}", std::strerror(errno)));
  }
  Channel channel{Descriptor(fds[0]), Descriptor(fds[1])};
  fcntl(channel.ours.number(), F_SETFL, O_NONBLOCK);
  return channel;
}

/// A PDF whose date of making is the epoch: cairo 1.16 writes the hour and offers no way out. The length stays, since
/// the file's table of contents counts bytes.
std::string without_date(std::string pdf) {
  constexpr std::string_view key = "/CreationDate (D:";
  constexpr std::string_view epoch = "19700101000000";
  const std::size_t at = pdf.rfind(key);
  if (at != std::string::npos && pdf.size() - at > key.size() + epoch.size())
    pdf.replace(at + key.size(), epoch.size(), epoch);
  return pdf;
}

/// What fonts and the drawing of text need, and nothing else.
std::vector<std::string> small_environment() {
  std::vector<std::string> environment{"LC_ALL=C.UTF-8", "TZ=UTC0"};
  for (const char* name : {"PATH", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS",
                           "FONTCONFIG_FILE", "FONTCONFIG_PATH", "TMPDIR", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name); value != nullptr)
      environment.push_back(fmt::format("{}={}", name, value));
  }
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// A running engine in a process group of its own. Its destructor kills the group and waits: nothing is left behind.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ > 0) end();
  }
  pid_t pid() const { return pid_; }

  bool has_ended() const {
    siginfo_t info{};
    const int failed = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
    return failed != 0 || info.si_pid == pid_;  // fails where SIGCHLD is ignored and the child has ended
  }
  /// Kills what is still there of the group, before the group's number can belong to anyone else; returns the status.
  int end() {
    kill(-pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_;
};

void limit(pid_t pid, const LayoutOptions& options) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(2 * options.deadline).count();
  const auto set = [pid](__rlimit_resource resource, rlim_t value) {
    rlimit ours{};
    getrlimit(resource, &ours);
    const rlim_t least = std::min(value, ours.rlim_cur);  // never more than the user allows us
    const rlimit bound{least, least};
    prlimit(pid, resource, &bound, nullptr);
  };
  set(RLIMIT_CPU, static_cast<rlim_t>(std::max<long long>(seconds, 1)));
  set(RLIMIT_AS, rlim_t{2} << 30);
  set(RLIMIT_FSIZE, rlim_t{1} << 30);
  set(RLIMIT_NOFILE, 64);
  set(RLIMIT_CORE, 0);
}

Result<pid_t> spawn(const std::string& program, std::vector<std::string> arguments, const Channel& in,
                    const Channel& out, const Channel& err) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, in.theirs.number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.theirs.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.theirs.number(), STDERR_FILENO);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  std::vector<std::string> environment = small_environment();
  pid_t pid = -1;
  const int error = posix_spawn(&pid, program.c_str(), &actions, &attributes, pointers(arguments).data(),
                                pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return fail(ErrorKind::engine, fmt::format("cannot start {}: {}; install graphviz, or use --format dot",
                                               visible(program), std::strerror(error)));
  }
  return pid;
}

/// Reads what there is, at most some megabytes, so that nobody who writes without end keeps us from the clock; false at
/// the end of the stream. What exceeds `most` is dropped.
bool read_some(const Descriptor& from, std::string& into, std::size_t most) {
  std::array<char, 65536> buffer;
  for (int turn = 0; turn < 64; ++turn) {
    const ssize_t got = read(from.number(), buffer.data(), buffer.size());
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    into.append(buffer.data(), std::min(static_cast<std::size_t>(got), most - into.size()));
  }
  return true;
}

struct Answer {
  std::string output, errors;
  int status = 0;
};

Result<Answer> talk(Child& child, std::string_view dot, Channel& in, Channel& out, Channel& err,
                    const LayoutOptions& options, const Context& context) {
  const Clock::time_point deadline = Clock::now() + options.deadline;
  Answer answer;
  while (true) {
    if (context.stopped()) return cancelled();
    if (Clock::now() >= deadline) {
      return fail(
          ErrorKind::engine,
          fmt::format("the layout engine '{}' gave no drawing within {} s; draw fewer nodes, or allow more time",
                      options.engine, static_cast<double>(options.deadline.count()) / 1000.0));
    }
    const bool ended = child.has_ended();  // before the last reading: what it wrote is then complete
    std::array<pollfd, 3> fds{
        {{in.ours.number(), POLLOUT, 0}, {out.ours.number(), POLLIN, 0}, {err.ours.number(), POLLIN, 0}}};
    if (!ended) poll(fds.data(), fds.size(), poll_milliseconds);
    if (fds[0].revents != 0) {
      const ssize_t sent = send(in.ours.number(), dot.data(), dot.size(), MSG_NOSIGNAL);
      if (sent > 0) dot.remove_prefix(static_cast<std::size_t>(sent));
      const bool gone = sent < 0 && errno != EAGAIN && errno != EINTR;
      if (dot.empty() || gone) in.ours.close();
    }
    if (out.ours.open() && !read_some(out.ours, answer.output, most_output + 1)) out.ours.close();
    if (err.ours.open() && !read_some(err.ours, answer.errors, most_stderr)) err.ours.close();
    if (answer.output.size() > most_output) return fail(ErrorKind::limit, "the drawing is larger than 1 GiB");
    if (ended) break;
    // Both ends closed and still running: do not spin while it makes up its mind.
    if (!out.ours.open() && !err.ours.open() && !in.ours.open()) poll(nullptr, 0, 5);
  }
  answer.status = child.end();
  return answer;
}

/// Runs Graphviz in a process of its own; `dot` is what it reads.
Result<Answer> run_program(const std::string& program, std::vector<std::string> arguments, std::string_view dot,
                           const LayoutOptions& options, const Context& context) {
  auto in = open_channel(), out = open_channel(), err = open_channel();
  for (const auto* channel : {&in, &out, &err})
    if (!*channel) return tl::unexpected(channel->error());
  const auto pid = spawn(program, std::move(arguments), *in, *out, *err);
  if (!pid) return tl::unexpected(pid.error());
  Child child(*pid);
  limit(child.pid(), options);
  for (auto* channel : {&in, &out, &err}) (*channel)->theirs.close();

  return talk(child, dot, *in, *out, *err, options, context);
}

/// Nothing if it is a whole picture, else what is wrong with it.
std::optional<std::string_view> flaw(std::string_view bytes, ImageFormat format) {
  using namespace std::string_view_literals;
  if (bytes.empty()) return "it is empty";
  const std::string_view trimmed = trim(bytes);
  switch (format) {
    case ImageFormat::svg:
      if (!trimmed.starts_with("<?xml") && !trimmed.starts_with("<svg")) return "it does not begin as SVG";
      if (!trimmed.ends_with("</svg>")) return "it ends before </svg>";
      break;
    case ImageFormat::png:
      if (!bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "it does not begin as PNG";
      if (!bytes.ends_with("\0\0\0\0IEND\xAE\x42\x60\x82"sv)) return "it ends before IEND";
      break;
    case ImageFormat::pdf:
      if (!bytes.starts_with("%PDF-")) return "it does not begin as PDF";
      if (!trimmed.ends_with("%%EOF")) return "it ends before %%EOF";
      break;
    case ImageFormat::laid_out_dot:
      if (!trimmed.ends_with("}")) return "it ends before }";
      break;
  }
  return std::nullopt;
}

tl::unexpected<Error> engine_failed(const Answer& answer, std::string_view what) {
  constexpr std::size_t most_said = 300;
  // The last line is what ended it; warnings come before.
  const std::string_view last = trim(answer.errors);
  const std::string said = visible(clip(last.substr(last.rfind('\n') + 1), most_said));
  return fail(ErrorKind::engine, fmt::format("{}{}{}", what, said.empty() ? "" : ": ", said));
}

std::string_view name_of(ImageFormat format) {
  constexpr std::array<std::string_view, 4> names{"svg", "png", "pdf", "dot"};
  return names[static_cast<std::size_t>(format)];
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  const auto executable = [](const std::string& path) { return access(path.c_str(), X_OK) == 0; };
  if (name.find('/') != std::string::npos) return executable(name) ? std::optional(name) : std::nullopt;
  const char* path = std::getenv("PATH");
  for (const std::string_view folder : split(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
    // A relative folder would run a program of whatever folder the user stands in.
    if (!folder.starts_with('/')) continue;
    std::string candidate = fmt::format("{}/{}", folder, name);
    if (executable(candidate)) return candidate;
  }
  return std::nullopt;
}

Result<std::string> graphviz_version(const Context& context) {
  const LayoutOptions options;
  const std::optional<std::string> program = find_program(options.program);
  if (!program) return fail(ErrorKind::engine, "no program 'dot'; install graphviz");
  const auto answer = run_program(*program, {"dot", "-V"}, "", options, context);
  if (!answer) return tl::unexpected(answer.error());
  constexpr std::string_view before = "version ";  // "dot - graphviz version 2.43.0 (0)"
  const std::size_t at = answer->errors.find(before);
  if (at == std::string::npos) return engine_failed(*answer, "the layout engine does not tell its version");
  const std::string_view version = std::string_view(answer->errors).substr(at + before.size());
  return std::string(trim(version.substr(0, version.find(' '))));
}

Result<std::string> run_layout(std::string_view dot, const LayoutOptions& options, const Context& context) {
  if (find_engine(options.engine) == nullptr) {
    return fail(ErrorKind::usage, fmt::format("no layout engine '{}'", visible(options.engine)));
  }
  if (options.dpi < 36 || options.dpi > 1200) {
    return fail(ErrorKind::usage, fmt::format("{} dots per inch; 36 to 1200 are possible", options.dpi));
  }
  const std::optional<std::string> program = find_program(options.program);
  if (!program) {
    return fail(ErrorKind::engine,
                fmt::format("no program '{}'; install graphviz, or use --format dot", visible(options.program)));
  }
  std::vector<std::string> arguments{"dot", "-K" + options.engine, fmt::format("-T{}", name_of(options.format))};
  if (options.places == Places::given) arguments.emplace_back("-n2");
  if (options.format == ImageFormat::png) {
    const double inches = static_cast<double>(most_pixels) / options.dpi;
    arguments.push_back(fmt::format("-Gdpi={}", options.dpi));
    arguments.push_back(fmt::format("-Gsize={:.3f},{:.3f}", inches, inches));
  }

  auto answer = run_program(*program, std::move(arguments), dot, options, context);
  if (!answer) return tl::unexpected(answer.error());
  if (WIFSIGNALED(answer->status)) {
    const int signal = WTERMSIG(answer->status);
    return engine_failed(*answer, fmt::format("the layout engine '{}' was ended by signal {} ({})", options.engine,
                                              signal, strsignal(signal)));
  }
  if (WEXITSTATUS(answer->status) != 0) {
    return engine_failed(*answer, fmt::format("the layout engine '{}' failed with status {}", options.engine,
                                              WEXITSTATUS(answer->status)));
  }
  if (const auto what = flaw(answer->output, options.format)) {
    return engine_failed(*answer, fmt::format("the layout engine '{}' gave no whole {}: {}", options.engine,
                                              name_of(options.format), *what));
  }
  if (options.format == ImageFormat::svg) return safe_svg(answer->output);
  if (options.format == ImageFormat::pdf) return without_date(std::move(answer->output));
  return std::move(answer->output);
}

}  // namespace coinvest
