#include "adapter/config/path_base.h"

namespace migrate::config {

std::filesystem::path PathBase::resolve(std::string_view path) const {
  if (path.starts_with("~/") && !home.empty()) {
    return (home / path.substr(2)).lexically_normal();
  }
  return (directory / path).lexically_normal();
}

std::string PathBase::value(Setting setting, std::string_view text) const {
  const bool program_name =
      setting == Setting::server_bin && text.find('/') == std::string_view::npos;
  if (text.empty() || program_name || !is_path(setting)) return std::string(text);
  return resolve(text).string();
}

}  // namespace migrate::config
