// SPDX-License-Identifier: Apache-2.0
#include "cli/interruption.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <string_view>

namespace coinvest::cli {
namespace {

constexpr int interrupted = 130;
constexpr int patience = 60'000, again = 10'000;  // microseconds

std::atomic<bool> stop_flag{false};
std::atomic<int> tidying{0};
std::atomic<bool> watched{false};  // stderr is a terminal, which may show a progress bar
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "the signal handlers need it");

void set_timer(int first, int then) {
  const itimerval timer{{0, then}, {0, first}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

extern "C" void on_signal(int) {
  if (stop_flag.exchange(true)) _exit(interrupted);
  set_timer(patience, again);
}

extern "C" void on_timer(int) {
  if (tidying != 0 || !stop_flag) return;
  const std::string_view sentence = watched ? "\r\x1b[Kcoinvest: interrupted\n" : "coinvest: interrupted\n";
  if (write(STDERR_FILENO, sentence.data(), sentence.size()) < 0) _exit(interrupted);
  _exit(interrupted);
}

}  // namespace

const std::atomic<bool>& handle_signals() {
  watched = isatty(STDERR_FILENO) != 0;
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
  action.sa_handler = on_timer;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  return stop_flag;
}

void stand_down() {
  set_timer(0, 0);
}

Tidying::Tidying() {
  ++tidying;
}

Tidying::~Tidying() {
  --tidying;
}

}  // namespace coinvest::cli
