#include "adapter/posix/child_output.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::posix {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} * 1024;
constexpr std::size_t most_errors = 8192;
// So long it waits for output: then somebody may want to stop.
constexpr std::chrono::milliseconds moment{200};

ssize_t read_some(int file, char* to, std::size_t most) {
  ssize_t count = 0;
  do {
    count = ::read(file, to, most);
  } while (count < 0 && errno == EINTR);
  return count;
}

/// A file in memory, readable for this user alone: option files that others might write are not
/// read. Who opens it by /dev/fd reads it from its beginning, each time.
FileDescriptor file_of(std::string_view text) {
  FileDescriptor file(::memfd_create("migrate", MFD_CLOEXEC));
  bool good = file.valid() && ::fchmod(file.get(), S_IRUSR | S_IWUSR) == 0;
  while (good && !text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    good = written > 0 || (written < 0 && errno == EINTR);
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!good || ::lseek(file.get(), 0, SEEK_SET) != 0)
    throw core::Fault(core::ExitCode::unavailable, "a file in memory cannot be written");
  return file;
}

}  // namespace

ChildOutput::ChildOutput(const Command& command)
    : ends_with_(command.ends_with), buffer_(buffer_bytes) {
  Pipe output = open_pipe();
  Pipe errors = open_pipe();
  // A dump comes in large pieces; the kernel's default is 64 KiB.
  ::fcntl(output.read_end.get(), F_SETPIPE_SZ, static_cast<int>(buffer_bytes));
  Streams streams{.output = output.write_end.get(), .error = output.write_end.get()};
  if (command.errors == Errors::apart) streams.error = errors.write_end.get();
  FileDescriptor third;
  if (!command.third.empty()) {
    third = file_of(command.third);
    streams.third = third.get();
  }
  process_ = spawn(command.argv, streams, Lifetime::with_caller, command.environment,
                   command.directory.string());
  output_ = std::move(output.read_end);
  error_output_ = std::move(errors.read_end);
}

ChildOutput::~ChildOutput() {
  process_->send_to_group(SIGKILL);
  process_->ended_within(std::chrono::seconds(5));
}

std::optional<std::string_view> ChildOutput::next() {
  if (output_.valid()) {
    // Asked first: what it wrote before its end is there by now.
    const bool over = ends_with_ == EndsWith::program && process_->ended_within({});
    if (const auto bytes = read_output()) return bytes;
    if (output_.valid() && !over) return std::nullopt;
    output_.reset();
    while (error_output_.valid()) read_errors();
  }
  if (!process_->ended_within(moment)) return std::nullopt;
  return std::string_view();
}

std::optional<std::string_view> ChildOutput::read_output() {
  std::array<pollfd, 2> ready{{{output_.get(), POLLIN, 0}, {error_output_.get(), POLLIN, 0}}};
  const nfds_t watched = error_output_.valid() ? 2 : 1;
  const bool over = ends_with_ == EndsWith::program && !process_->ending().empty();
  if (::poll(ready.data(), watched, over ? 0 : static_cast<int>(moment.count())) <= 0)
    return std::nullopt;
  if (watched == 2 && ready[1].revents != 0) read_errors();
  if (ready[0].revents == 0) return std::nullopt;
  const ssize_t count = read_some(output_.get(), buffer_.data(), buffer_.size());
  if (count > 0) return std::string_view(buffer_.data(), static_cast<std::size_t>(count));
  output_.reset();
  return std::nullopt;
}

void ChildOutput::read_errors() {
  std::array<char, 4096> some{};
  const ssize_t count = read_some(error_output_.get(), some.data(), some.size());
  if (count <= 0) return error_output_.reset();
  errors_.append(some.data(), static_cast<std::size_t>(count));
  if (errors_.size() > most_errors) errors_.erase(0, errors_.size() - most_errors);
}

}  // namespace migrate::posix
