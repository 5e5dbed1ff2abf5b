#include "own_folder.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;
using core::ExitCode;
using core::Fault;

// FNV-1a: short and the same in every run, which std::hash does not promise.
std::uint64_t short_name_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return hash;
}

Fault cannot(const char* what, const fs::path& path, int reason) {
  return {ExitCode::configuration,
          fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(reason)),
          "the private server keeps files there: make it possible"};
}

}  // namespace

std::string name_in_shared_folder(const fs::path& root) {
  return fmt::format("migrate-{}-{:016x}", ::geteuid(), short_name_of(root.string()));
}

void make_own_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    throw cannot("create", folder, errno);
  }
  // Whoever made it could answer in our name.
  struct stat found {};
  if (::lstat(folder.c_str(), &found) != 0) throw cannot("look at", folder, errno);
  if (!S_ISDIR(found.st_mode) || found.st_uid != ::geteuid() ||
      (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Fault(ExitCode::configuration,
                fmt::format("{} is not a directory that only this user can enter; the private "
                            "server's files would be in it",
                            folder.string()),
                "delete it, or give the project another path");
  }
}

}  // namespace migrate::sandbox
