#include "sql_folder.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fault.h"
#include "digest.h"

namespace migrate::files {
namespace {

/// Of a file, at a time. Most files are read in one go; directives stand in the first of it.
constexpr std::size_t chunk_bytes = 65536;
/// So few that starting a thread for them costs more than reading them.
constexpr std::size_t files_a_thread = 64;
constexpr unsigned most_threads = 4;

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

Folder open_folder(const std::filesystem::path& path) {
  Folder folder(opendir(path.c_str()));
  if (folder) return folder;
  throw core::Fault(core::ExitCode::configuration,
                    fmt::format("{}: cannot be listed: {}", path.string(), std::strerror(errno)),
                    "name the folder with --migrations and --ddl, or in migrate.yaml");
}

/// By name. What turns out to be a folder is not left out yet where the directory does not tell.
std::vector<std::string> sql_names(DIR& folder) {
  std::vector<std::string> names;
  while (const dirent* entry = readdir(&folder)) {
    const std::string_view name = entry->d_name;
    if (name.ends_with(".sql") && !name.starts_with(".") && entry->d_type != DT_DIR)
      names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

/// By name, nothing of them read yet.
std::vector<LoadedFile> sql_files(DIR& folder, const std::vector<KnownFile>& known) {
  std::vector<LoadedFile> files;
  files.reserve(known.size());
  for (const KnownFile& file : known) files.push_back({.name = std::string(file.name)});
  if (!known.empty()) return files;
  for (std::string& name : sql_names(folder)) files.push_back({.name = std::move(name)});
  return files;
}

class Descriptor {
 public:
  Descriptor(int folder, const std::string& name)
      : number_(openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

enum class Found { file, folder };

/// Reads files one after the other. One a thread.
class Reader {
 public:
  /// `folder` is a descriptor; `prefix` goes in front of the names that are shown.
  Reader(int folder, std::string prefix, const KnownFiles& known)
      : folder_(folder), prefix_(std::move(prefix)), known_(known), chunk_(chunk_bytes, '\0') {}

  /// `place` in the order of names.
  Found read(std::size_t place, LoadedFile& into) {
    into.file.path = prefix_ + into.name;
    // Of a file that cannot be looked at, the open tells why.
    struct stat status {};
    if (fstatat(folder_, into.name.c_str(), &status, 0) == 0) into.stamp = stamp_of(status);
    if (const KnownFile* known = known_.find(place, into.name, into.stamp)) {
      into.source = LoadedFile::Source::known;
      into.file.checksum.hex = known->hex;
      return Found::file;
    }
    return read_content(into);
  }

 private:
  Found read_content(LoadedFile& into) {
    const Descriptor file(folder_, into.name);
    if (!file.is_open()) {
      into.problems.push_back({.path = into.file.path, .message = std::strerror(errno)});
      return Found::file;
    }
    bool first = true;
    for (;;) {
      const ssize_t read = ::read(file.number(), chunk_.data(), chunk_.size());
      if (read < 0 && errno == EINTR) continue;
      if (read < 0 && errno == EISDIR) return Found::folder;
      if (read < 0) {
        into.problems.push_back(
            {.path = into.file.path,
             .message = fmt::format("cannot be read: {}", std::strerror(errno))});
        digest_.hex();  // begins anew
        return Found::file;
      }
      std::string_view text(chunk_.data(), static_cast<std::size_t>(read));
      if (std::exchange(first, false)) {
        constexpr std::string_view bom = "\xEF\xBB\xBF";
        if (text.starts_with(bom)) text.remove_prefix(bom.size());
        read_directives(text, into);
      }
      digest_.add(text);
      // Of a file, no less comes than was asked for, but at its end.
      if (static_cast<std::size_t>(read) < chunk_.size()) break;
    }
    into.file.checksum.hex = digest_.hex();
    return Found::file;
  }

  static void read_directives(std::string_view head, LoadedFile& into) {
    auto directives = core::parse_directives(head);
    if (auto* error = std::get_if<core::DirectiveError>(&directives)) {
      into.problems.push_back({.path = into.file.path,
                               .position = error->position,
                               .message = std::move(error->message)});
    } else {
      into.file.directives = std::get<core::Directives>(std::move(directives));
    }
  }

  int folder_;
  std::string prefix_;
  const KnownFiles& known_;
  std::string chunk_;
  NormalisedDigest digest_;
};

}  // namespace

LoadedFolder read_sql_folder(const std::filesystem::path& path, const KnownFiles& known) {
  const Folder folder = open_folder(path);
  LoadedFolder loaded{.stamp = stamp_of(dirfd(folder.get())), .files = {}};
  loaded.files = sql_files(*folder, known.in_folder(loaded.stamp));
  std::vector<LoadedFile>& files = loaded.files;
  std::vector<Found> found(files.size(), Found::file);
  std::atomic<std::size_t> next = 0;
  const auto read_some = [&] {
    Reader reader(dirfd(folder.get()), (path / "").string(), known);
    for (std::size_t i = next++; i < files.size(); i = next++) found[i] = reader.read(i, files[i]);
  };
  {
    const std::size_t worth = files.size() / files_a_thread;
    const auto threads =
        std::min<std::size_t>({worth, std::thread::hardware_concurrency(), most_threads});
    std::vector<std::jthread> others;
    while (others.size() + 1 < threads) others.emplace_back(read_some);
    read_some();
  }
  std::size_t i = 0;
  std::erase_if(files, [&](const LoadedFile&) { return found[i++] == Found::folder; });
  return loaded;
}

LoadedFile read_sql_file(const std::filesystem::path& path) {
  LoadedFile file{.name = path.string()};
  const KnownFiles none;
  if (Reader(AT_FDCWD, "", none).read(0, file) == Found::folder)
    file.problems.push_back({.path = file.file.path, .message = std::strerror(EISDIR)});
  return file;
}

}  // namespace migrate::files
