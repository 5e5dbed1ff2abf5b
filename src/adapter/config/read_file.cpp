#include "adapter/config/read_file.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <system_error>

#include <fmt/format.h>

namespace migrate::config {
namespace {

constexpr std::size_t largest_file = std::size_t{16} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string read_file(const std::filesystem::path& path, const Origin& named_by) {
  const auto fail = [&](const std::string& why) {
    return fault_at(named_by, fmt::format("cannot read {}: {}", path.string(), why));
  };
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "re"));
  if (!file) throw fail(std::generic_category().message(errno));
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    text.append(buffer.data(), count);
    if (text.size() > largest_file) throw fail("it is larger than 16 MiB");
  }
  if (std::ferror(file.get()) != 0) throw fail(std::generic_category().message(errno));
  return text;
}

std::string exposure_warning(const std::filesystem::path& path, const std::string& what) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error || !fs::is_regular_file(status)) return {};
  const fs::perms mode = status.permissions();
  if ((mode & (fs::perms::group_read | fs::perms::others_read)) == fs::perms::none) return {};
  return fmt::format("{0} {1} and can be read by other users (mode {2:04o}): chmod 600 {0}",
                     path.string(), what, static_cast<unsigned>(mode & fs::perms::mask));
}

}  // namespace migrate::config
