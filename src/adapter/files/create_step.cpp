#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "adapter/files/step_files.h"
#include "core/fault.h"
#include "migration_name.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

std::string file_name(const std::string& words) {
  std::string name;
  for (const char c : words) {
    const bool kept = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (kept) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

std::string successor(std::string digits) {
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return digits;
    }
    *digit = '0';
  }
  return "1" + digits;
}

std::string next_version(const fs::path& migrations, const std::string& timestamp) {
  std::string version = timestamp;
  for (const auto& entry : fs::directory_iterator(migrations)) {
    const auto name = parse_migration_name(entry.path().filename().string());
    if (name && name->version >= *core::Version::parse(version))
      version = successor(name->version.canonical());
  }
  return version;
}

StepTexts from_template(const fs::path& up) {
  return {
      "-- Why this step is needed:\n"
      "--\n"
      "-- Directives, if any, one a line: -- migrate: transaction=none, stepwise, …\n\n",
      fmt::format("-- Undoes {}; delete this file if it cannot be undone.\n\n",
                  up.filename().string())};
}

/// Never overwrites.
void write_new(const fs::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (!written) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("{}: cannot be written: {}", path.string(), std::strerror(reason)));
  }
}

}  // namespace

std::pair<std::string, std::string> create_step_files(const fs::path& migrations,
                                                      const std::string& timestamp,
                                                      const std::string& words,
                                                      const std::optional<StepTexts>& texts) {
  const std::string name = file_name(words);
  if (name.empty()) {
    throw core::Fault(core::ExitCode::usage,
                      fmt::format("'{}' makes no name; expected letters and digits", words));
  }
  std::error_code error;
  fs::create_directories(migrations, error);
  if (error) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("{}: cannot be created: {}", migrations.string(), error.message()));
  }
  const std::string stem = fmt::format("{}_{}", next_version(migrations, timestamp), name);
  const fs::path up = migrations / (stem + ".up.sql");
  const fs::path down = migrations / (stem + ".down.sql");
  const StepTexts written = texts ? *texts : from_template(up);
  write_new(up, written.up);
  write_new(down, written.down);
  return {up.string(), down.string()};
}

}  // namespace migrate::files
