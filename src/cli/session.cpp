// SPDX-License-Identifier: Apache-2.0
#include "cli/session.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "coinvest/base/text.hpp"

namespace coinvest::cli {

Session::Session(const std::atomic<bool>& stop) {
  context.stop = &stop;
  context.progress = &progress_;
}

Session::~Session() {
  done_ = true;
  if (painter_.joinable()) painter_.join();
  clear_bar();
}

void Session::show_progress() {
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";  // cannot erase a line
  if (quiet || dumb || isatty(STDERR_FILENO) == 0 || painter_.joinable()) return;
  painter_ = std::thread([this] { draw_until_done(); });
}

void Session::draw_until_done() {
  using namespace std::chrono_literals;
  using Clock = std::chrono::steady_clock;
  const char* what = "";
  Clock::time_point begin = Clock::now();
  while (!done_) {
    std::this_thread::sleep_for(50ms);
    const char* now_doing = progress_.what;
    if (now_doing != what) {
      what = now_doing;
      begin = Clock::now();
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const std::uint64_t total = progress_.total;
    const std::uint64_t steps = progress_.done;
    if (seconds < 0.5 || total == 0 || steps >= total) continue;
    const double share = static_cast<double>(steps) / static_cast<double>(total);
    const std::string left = steps == 0 ? std::string() : fmt::format(", {:.0f} s left", seconds * (1 - share) / share);
    fmt::print(stderr, "\r\x1b[K{} {:3.0f} %{}", what, 100 * share, left);
    std::fflush(stderr);
    bar_shown_ = true;
  }
}

void Session::clear_bar() {
  if (bar_shown_.exchange(false)) {
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
  }
}

void Session::say(std::string_view sentence) {
  if (heard != nullptr) heard->emplace_back(sentence);
  if (quiet || heard != nullptr) return;
  clear_bar();
  fmt::print(stderr, "coinvest: {}\n", visible(sentence));
}

void Session::say_to_watcher(std::string_view sentence) {
  if (isatty(STDERR_FILENO) != 0) say(sentence);
}

bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) != 0;
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

}  // namespace coinvest::cli
