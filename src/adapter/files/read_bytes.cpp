#include "read_bytes.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::files {
namespace {

constexpr std::size_t chunk_bytes = 65536;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void refuse(const std::string& path) {
  throw core::Fault(core::ExitCode::configuration,
                    fmt::format("{}: {}", path, std::strerror(errno)));
}

}  // namespace

void read_bytes(const std::string& path, const std::function<void(std::string_view)>& take) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) refuse(path);
  std::string chunk(chunk_bytes, '\0');
  for (;;) {
    const std::size_t read = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (read == 0 && std::ferror(file.get()) != 0) refuse(path);
    if (read == 0) return;
    take(std::string_view(chunk).substr(0, read));
  }
}

}  // namespace migrate::files
