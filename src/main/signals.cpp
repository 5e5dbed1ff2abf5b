#include "signals.h"

#include <exception>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigtimedwait is POSIX
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
  thread_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
}

std::optional<core::ExitCode> Signals::requested() const {
  const int signal = signal_;
  if (signal == 0) return std::nullopt;
  return exit_code(signal);
}

void Signals::listen(const std::stop_token& stop) {
  const sigset_t set = stop_signals();
  // Only so long does the end of the process wait for this thread.
  constexpr timespec slice{.tv_sec = 0, .tv_nsec = 50'000'000};
  constexpr int slices_between_attempts = 20;
  for (int slices = 0; !stop.stop_requested(); ++slices) {
    const int signal = sigtimedwait(&set, nullptr, &slice);
    if (signal > 0) {
      if (signal_ != 0) _exit(static_cast<int>(exit_code(signal)));
      signal_ = signal;
      slices = 0;
    }
    // Again and again: a KILL QUERY that overtakes its statement cancels nothing.
    if (signal_ != 0 && slices % slices_between_attempts == 0) cancel();
  }
}

void Signals::cancel() {
  const std::uint64_t connection_id = watched_;
  if (connection_id == 0) return;
  try {
    cancel_(connection_id);
  } catch (
      const std::exception&) {  // NOLINT(bugprone-empty-catch): the run stops at its next packet
  }
}

}  // namespace migrate::wiring
