#include "child_output.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::dump {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} * 1024;
constexpr std::size_t most_errors = 8192;
// So long it waits for output: then somebody may want to stop.
constexpr int moment_ms = 200;

ssize_t read_some(int file, char* to, std::size_t most) {
  ssize_t count = 0;
  do {
    count = ::read(file, to, most);
  } while (count < 0 && errno == EINTR);
  return count;
}

void write_all(int file, std::string_view text) {
  // It fits into the pipe's own buffer, so nobody need read it yet.
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR)
      throw core::Fault(core::ExitCode::unavailable, "a pipe cannot be written");
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

ChildOutput::ChildOutput(const Command& command) : buffer_(buffer_bytes) {
  posix::Pipe output = posix::open_pipe();
  posix::Pipe errors = posix::open_pipe();
  // A dump comes in large pieces; the kernel's default is 64 KiB.
  ::fcntl(output.read_end.get(), F_SETPIPE_SZ, static_cast<int>(buffer_bytes));
  posix::Streams streams{.output = output.write_end.get(), .error = output.write_end.get()};
  if (command.errors == Errors::apart) streams.error = errors.write_end.get();
  posix::Pipe third;
  if (!command.third.empty()) {
    third = posix::open_pipe();
    write_all(third.write_end.get(), command.third);
    third.write_end.reset();
    streams.third = third.read_end.get();
  }
  process_ = posix::spawn(command.argv, streams, posix::Lifetime::with_caller, command.environment);
  output_ = std::move(output.read_end);
  error_output_ = std::move(errors.read_end);
}

ChildOutput::~ChildOutput() {
  process_->send_to_group(SIGKILL);
  process_->ended_within(std::chrono::seconds(5));
}

std::optional<std::string_view> ChildOutput::next() {
  if (!output_.valid()) return std::string_view();
  std::array<pollfd, 2> ready{{{output_.get(), POLLIN, 0}, {error_output_.get(), POLLIN, 0}}};
  const nfds_t watched = error_output_.valid() ? 2 : 1;
  if (::poll(ready.data(), watched, moment_ms) <= 0) return std::nullopt;
  if (watched == 2 && ready[1].revents != 0) read_errors();
  if (ready[0].revents == 0) return std::nullopt;
  const ssize_t count = read_some(output_.get(), buffer_.data(), buffer_.size());
  if (count > 0) return std::string_view(buffer_.data(), static_cast<std::size_t>(count));
  output_.reset();
  while (error_output_.valid()) read_errors();
  while (!process_->ended_within(std::chrono::seconds(1))) continue;
  return std::string_view();
}

void ChildOutput::read_errors() {
  std::array<char, 4096> some{};
  const ssize_t count = read_some(error_output_.get(), some.data(), some.size());
  if (count <= 0) return error_output_.reset();
  errors_.append(some.data(), static_cast<std::size_t>(count));
  if (errors_.size() > most_errors) errors_.erase(0, errors_.size() - most_errors);
}

}  // namespace migrate::dump
