#include "file_source.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "adapter/posix/file_descriptor.h"
#include "core/fault.h"

namespace migrate::files {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} * 1024;

core::Fault unreadable(const std::filesystem::path& path) {
  return {core::ExitCode::configuration,
          fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno))};
}

class FileSource : public port::ByteSource {
 public:
  explicit FileSource(std::filesystem::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)),
        buffer_(buffer_bytes) {
    if (!file_.valid()) throw unreadable(path_);
  }

  std::optional<std::string_view> next() override {
    ssize_t count = 0;
    do {
      count = ::read(file_.get(), buffer_.data(), buffer_.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) throw unreadable(path_);
    return std::string_view(buffer_.data(), static_cast<std::size_t>(count));
  }

 private:
  std::filesystem::path path_;
  posix::FileDescriptor file_;
  std::vector<char> buffer_;
};

}  // namespace

std::unique_ptr<port::ByteSource> open_file(const std::filesystem::path& path) {
  return std::make_unique<FileSource>(path);
}

}  // namespace migrate::files
