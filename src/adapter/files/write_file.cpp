#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "adapter/files/step_files.h"
#include "core/fault.h"

namespace migrate::files {

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code failure;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failure);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  if (!file.flush()) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("cannot write {}", path.string()),
                      "name another file, or make its folder writable");
  }
}

}  // namespace migrate::files
