#include "version_option.h"

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::cli {

std::optional<core::Version> version_option(const std::string& flag,
                                            const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  auto version = core::Version::parse(*text);
  if (!version) {
    throw core::Fault(core::ExitCode::usage,
                      fmt::format("{}: '{}' is not a version; expected digits only", flag, *text),
                      "see the versions with: migrate status");
  }
  return version;
}

}  // namespace migrate::cli
