#include "shown_path.h"

namespace migrate::wiring {

namespace fs = std::filesystem;

fs::path shown_path(const fs::path& path) {
  const fs::path relative = path.lexically_relative(fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? path : relative;
}

}  // namespace migrate::wiring
