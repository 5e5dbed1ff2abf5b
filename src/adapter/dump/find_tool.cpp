#include "find_tool.h"

#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "adapter/posix/process.h"
#include "adapter/posix/programs.h"
#include "core/fault.h"

namespace migrate::dump {
namespace {

namespace fs = std::filesystem;
using core::ServerFamily;

struct Program {
  fs::path path;
  ServerFamily family = ServerFamily::mysql;
  std::string version;
};

std::string_view family_name(ServerFamily family) {
  return family == ServerFamily::mariadb ? "MariaDB" : "MySQL";
}

std::string_view what_to_install(ServerFamily family) {
  return family == ServerFamily::mariadb
             ? "install it (on Debian and Ubuntu: apt-get install mariadb-client)"
             : "install it (MySQL's own packages call it mysql-client, and "
               "mysql-community-client)";
}

/// Behind the last of these words: "mysqldump  Ver 9.7.4 for Linux", "mysqldump  Ver 10.13 Distrib
/// 5.7.44, for …", "mariadb-dump  Ver 10.19 Distrib 10.11.19-MariaDB, …", "mariadb-dump from
/// 11.4.2-MariaDB, client 10.19 for …".
std::optional<Program> identify(const fs::path& path) {
  const auto answer = posix::output_of({path.string(), "--version"});
  if (!answer) return std::nullopt;
  for (const std::string_view word : {"Distrib ", " from ", "Ver "}) {
    const auto at = answer->find(word);
    if (at == std::string::npos) continue;
    const auto start = at + word.size();
    const auto end = answer->find_first_not_of("0123456789.", start);
    return Program{.path = path,
                   .family = answer->find("MariaDB") == std::string::npos ? ServerFamily::mysql
                                                                          : ServerFamily::mariadb,
                   .version = answer->substr(start, end - start)};
  }
  return std::nullopt;
}

int major_of(std::string_view version) {
  int major = 0;
  std::from_chars(version.data(), version.data() + version.size(), major);
  return major;
}

std::vector<fs::path> candidates(const DumpToolOptions& options) {
  std::vector<fs::path> found;
  if (options.wanted.find('/') != std::string::npos) return {options.wanted};
  std::vector<std::string> names{"mariadb-dump", "mysqldump"};
  if (options.family == ServerFamily::mysql) names = {"mysqldump"};
  if (!options.wanted.empty()) names = {options.wanted};
  std::vector<fs::path> folders = posix::folders_of_path();
  if (options.server_program.has_parent_path()) {
    const fs::path beside = options.server_program.parent_path();
    folders.insert(folders.begin(), {beside, beside.parent_path() / "bin"});
  }
  std::set<fs::path> seen;  // /bin is /usr/bin on many systems
  for (const fs::path& folder : folders) {
    for (const std::string& name : names) {
      std::error_code ignored;
      const fs::path path = folder / name;
      if (posix::is_executable(path) && seen.insert(fs::canonical(path, ignored)).second)
        found.push_back(path);
    }
  }
  return found;
}

}  // namespace

FoundTool find_tool(const DumpToolOptions& options) {
  std::vector<std::string> seen;
  for (const fs::path& path : candidates(options)) {
    const auto program = identify(path);
    if (!program) {
      seen.push_back(fmt::format("{} cannot be asked", path.string()));
    } else if (program->family != options.family) {
      seen.push_back(fmt::format("{} is {}'s", path.string(), family_name(program->family)));
    } else if (major_of(program->version) < major_of(options.server_version)) {
      seen.push_back(fmt::format("{} is of version {}, older than the server's {}", path.string(),
                                 program->version, options.server_version));
    } else {
      return {.path = path, .name = path.filename().string(), .version = program->version};
    }
  }
  throw core::Fault(
      core::ExitCode::configuration,
      fmt::format("a backup needs {}'s own dump tool, {}, and there is none{}",
                  family_name(options.family),
                  options.family == ServerFamily::mariadb ? "mariadb-dump" : "mysqldump",
                  seen.empty() ? " in PATH" : fmt::format(": {}", fmt::join(seen, "; "))),
      fmt::format("{}, or name it with --dump-tool", what_to_install(options.family)));
}

}  // namespace migrate::dump
