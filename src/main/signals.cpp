#include "signals.h"

#include <chrono>
#include <exception>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigwait is POSIX
#include <unistd.h>

namespace migrate::wiring {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

core::ExitCode exit_code(int signal) {
  return signal == SIGINT ? core::ExitCode::interrupted : core::ExitCode::terminated;
}

}  // namespace

Signals::Signals(std::function<void(std::uint64_t)> cancel) : cancel_(std::move(cancel)) {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  canceller_ = std::jthread([this](const std::stop_token& stop) { keep_cancelling(stop); });
  listener_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
}

Signals::~Signals() {
  // The listener waits for a signal: one of its own wakes it.
  listener_.request_stop();
  pthread_kill(listener_.native_handle(), SIGINT);
}

std::optional<core::ExitCode> Signals::requested() const {
  const int signal = signal_;
  if (signal == 0) return std::nullopt;
  return exit_code(signal);
}

void Signals::watch(std::uint64_t connection_id) {
  const std::scoped_lock lock(mutex_);
  watched_ = connection_id;
}

void Signals::listen(const std::stop_token& stop) {
  const sigset_t set = stop_signals();
  for (;;) {
    int signal = 0;
    sigwait(&set, &signal);
    if (stop.stop_requested()) return;
    if (signal_ != 0) _exit(static_cast<int>(exit_code(signal)));
    signal_ = signal;
    changed_.notify_all();
  }
}

void Signals::keep_cancelling(const std::stop_token& stop) {
  constexpr std::chrono::seconds between_attempts{1};
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [&] { return signal_ != 0; });
  while (!stop.stop_requested()) {
    if (watched_ != 0) {
      try {
        cancel_(watched_);
      } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the run stops at its next
                                         // packet
      }
    }
    changed_.wait_for(lock, stop, between_attempts, [] { return false; });
  }
}

}  // namespace migrate::wiring
