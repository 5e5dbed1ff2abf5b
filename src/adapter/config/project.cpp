#include "adapter/config/project.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "adapter/config/read_file.h"

namespace migrate::config {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> find_upwards(fs::path directory) {
  std::error_code ignored;
  for (;;) {
    fs::path candidate = directory / "migrate.yaml";
    if (fs::exists(candidate, ignored)) return candidate;
    if (fs::exists(directory / ".git", ignored) || directory == directory.parent_path()) {
      return std::nullopt;
    }
    directory = directory.parent_path();
  }
}

std::string first_hex_digits_of_sha256(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw core::Fault(core::ExitCode::internal, "the SHA-256 of OpenSSL does not work");
  }
  return fmt::format("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3]);
}

// Also without a slash at the end, so that a project has one path however it is written.
fs::path canonical_path(const fs::path& path) {
  std::error_code error;
  fs::path result = fs::weakly_canonical(path, error);
  if (error) result = path.lexically_normal();
  return result.has_filename() ? result : result.parent_path();
}

}  // namespace

Project load_project(const Flags& flags, const Environment& environment,
                     const fs::path& working_directory) {
  Project project;
  project.directory = working_directory;
  std::string name;
  if (const auto given =
          flag_or_variable(flags.config, "--config", environment, "MIGRATE_CONFIG")) {
    project.config_file = (working_directory / given->value).lexically_normal();
    project.config_origin = given->origin;
    name = given->value;
  } else if (const auto nearest = find_upwards(working_directory)) {
    project.config_file = nearest;
    project.config_origin = {Level::built_in, {}, 0, 0};
    name = project.config_file->lexically_proximate(working_directory).string();
  } else {
    return project;
  }
  project.directory = project.config_file->parent_path();
  const PathBase paths{project.directory, variable(environment, "HOME").value_or("")};
  // Unreadable input is a fault of the configuration, even where a flag names it.
  const bool found = project.config_origin.level == Level::built_in;
  const Origin named_by{Level::config_file, found ? name : project.config_origin.name, 0, 0};
  project.yaml = parse_yaml(read_file(*project.config_file, named_by), name, paths);
  if (project.yaml.holds_password) {
    const std::string warning = exposure_warning(*project.config_file, "holds a password");
    if (!warning.empty()) project.yaml.warnings.push_back(warning);
  }
  return project;
}

std::optional<fs::path> default_state_dir(const fs::path& project, const Environment& environment) {
  const auto xdg = variable(environment, "XDG_STATE_HOME");
  const auto home = variable(environment, "HOME");
  fs::path base;
  // The XDG rules say to ignore a relative path.
  if (xdg && fs::path(*xdg).is_absolute()) {
    base = *xdg;
  } else if (home) {
    base = fs::path(*home) / ".local" / "state";
  } else {
    return std::nullopt;
  }
  const fs::path canonical = canonical_path(project);
  const std::string folder = canonical.filename().string();
  return base / "migrate" /
         fmt::format("{}-{}", folder.empty() ? "root" : folder,
                     first_hex_digits_of_sha256(canonical.string()));
}

std::string schema_from(const fs::path& project) {
  static constexpr std::array<std::string_view, 4> of_the_server{
      "mysql", "sys", "information_schema", "performance_schema"};
  static constexpr std::size_t longest_name = 64;
  std::string schema;
  bool any = false;
  for (const char c : canonical_path(project).filename().string().substr(0, longest_name)) {
    const bool digit = c >= '0' && c <= '9';
    const bool small = c >= 'a' && c <= 'z';
    const bool capital = c >= 'A' && c <= 'Z';
    any = any || digit || small || capital;
    schema.push_back(digit || small ? c : capital ? static_cast<char>(c - 'A' + 'a') : '_');
  }
  const bool taken = std::ranges::find(of_the_server, schema) != of_the_server.end();
  return any && !taken ? schema : "migrate";
}

}  // namespace migrate::config
