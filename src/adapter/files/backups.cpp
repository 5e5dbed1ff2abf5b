#include "adapter/files/backups.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "adapter/files/write_file.h"
#include "adapter/posix/file_descriptor.h"
#include "backup_writer.h"
#include "core/fault.h"
#include "digest.h"
#include "file_source.h"
#include "gzip.h"
#include "manifest_json.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;
using core::backup::Manifest;

constexpr std::string_view ending = ".sql.gz";
constexpr std::string_view manifest_ending = ".sql.gz.json";

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.is_open() || in.bad()) {
    throw core::Fault(core::ExitCode::configuration, fmt::format("{}: no manifest", path.string()),
                      "a backup is only worth something with the manifest that was made with it: "
                      "migrate backup list");
  }
  return text;
}

Manifest manifest_beside(const fs::path& file) {
  const fs::path path = manifest_of(file);
  Manifest manifest = read_manifest(text_of(path), path.string());
  if (manifest.file != file.filename()) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{} is the manifest of {}", path.string(), manifest.file),
                      "give the file its name back");
  }
  return manifest;
}

/// Nobody writes them any more whose lock can be had.
void delete_left(const fs::path& folder) {
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator(folder, gone)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(std::string(ending) + partial_ending)) continue;
    const posix::FileDescriptor file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
    if (file.valid() && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
  }
}

class Folder : public port::BackupFolder {
 public:
  explicit Folder(const fs::path& path) : path_(path.string()) {}

  const std::string& path() const override { return path_; }

  std::unique_ptr<port::BackupWriter> create(const std::string& name) override {
    make();
    delete_left(path_);
    return std::make_unique<FileBackupWriter>(fs::path(path_) / (name + std::string(ending)));
  }

  std::uint64_t free_bytes() const override {
    // The folder may still have to be made.
    fs::path there = fs::absolute(path_);
    while (!fs::exists(there) && there.has_relative_path()) there = there.parent_path();
    std::error_code unknown;
    const auto space = fs::space(there, unknown);
    return unknown ? 0 : space.available;
  }

  std::vector<core::backup::Found> list() const override {
    std::vector<core::backup::Found> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(path_, none)) {
      const std::string path = entry.path().string();
      if (path.ends_with(ending)) {
        found.push_back(look_at(entry.path()));
      } else if (path.ends_with(manifest_ending) &&
                 !fs::exists(entry.path().parent_path() / entry.path().stem())) {
        found.push_back({.path = path, .manifest = {}, .problem = "its file is gone"});
      }
    }
    std::ranges::sort(found, [](const auto& a, const auto& b) {
      const auto at = [](const auto& one) { return one.manifest ? one.manifest->at : ""; };
      return std::pair(at(a), a.path) > std::pair(at(b), b.path);
    });
    return found;
  }

 private:
  void make() const {
    std::error_code failure;
    if (fs::create_directories(path_, failure))
      fs::permissions(path_, fs::perms::owner_all, failure);
    if (failure) {
      throw core::Fault(core::ExitCode::configuration,
                        fmt::format("cannot create {}: {}", path_, failure.message()),
                        "name another place: migrate backup --out FILE");
    }
  }

  static core::backup::Found look_at(const fs::path& file) {
    core::backup::Found found{.path = file.string(), .manifest = {}, .problem = {}};
    try {
      Manifest manifest = manifest_beside(file);
      const auto size = fs::file_size(file);
      if (size != manifest.bytes) {
        found.problem = fmt::format("has {} bytes, its manifest says {}", size, manifest.bytes);
      } else {
        found.manifest = std::move(manifest);
      }
    } catch (const core::Fault& fault) {
      found.problem = fault.what();
    } catch (const fs::filesystem_error& error) {
      found.problem = error.what();
    }
    return found;
  }

  std::string path_;
};

/// Hashes what is read of it.
class HashedSource : public port::ByteSource {
 public:
  HashedSource(const fs::path& path, Sha256& digest, std::uint64_t& bytes)
      : file_(open_file(path)), digest_(digest), bytes_(bytes) {}

  std::optional<std::string_view> next() override {
    const auto bytes = file_->next();
    if (bytes) {
      digest_.add(*bytes);
      bytes_ += bytes->size();
    }
    return bytes;
  }

 private:
  std::unique_ptr<port::ByteSource> file_;
  Sha256& digest_;
  std::uint64_t& bytes_;
};

class Stored : public port::StoredBackup {
 public:
  explicit Stored(const fs::path& file) : path_(file.string()), manifest_(manifest_beside(file)) {}

  const std::string& path() const override { return path_; }
  const Manifest& manifest() const override { return manifest_; }

  std::unique_ptr<port::ByteSource> raw() override {
    read_ = 0;
    return std::make_unique<HashedSource>(path_, digest_, read_);
  }

  std::optional<std::string> damage() override {
    const std::string hash = digest_.hex();
    if (read_ != manifest_.bytes) {
      return fmt::format("the file has {} bytes, and had {} when it was made", read_,
                         manifest_.bytes);
    }
    if (hash == manifest_.sha256) return std::nullopt;
    return fmt::format(
        "the file is not what it was when it was made: its SHA-256 is {}, expected "
        "{}",
        hash, manifest_.sha256);
  }

  std::unique_ptr<port::ByteSource> dump() override { return open_gzip(open_file(path_), path_); }

  void keep(const core::backup::Verified& word) override {
    manifest_.verified = word;
    write_file(manifest_of(path_), manifest_text(manifest_), FileAccess::owner);
  }

 private:
  std::string path_;
  Manifest manifest_;
  Sha256 digest_;
  std::uint64_t read_ = 0;
};

}  // namespace

std::unique_ptr<port::BackupFolder> open_backup_folder(const fs::path& folder) {
  return std::make_unique<Folder>(folder);
}

std::unique_ptr<port::StoredBackup> open_backup(const fs::path& path) {
  const std::string name = path.string();
  const fs::path file = name.ends_with(manifest_ending) ? name.substr(0, name.size() - 5) : name;
  if (!fs::exists(file)) {
    throw core::Fault(core::ExitCode::configuration, fmt::format("{} is not there", file.string()),
                      "see those that are: migrate backup list");
  }
  return std::make_unique<Stored>(file);
}

}  // namespace migrate::files
