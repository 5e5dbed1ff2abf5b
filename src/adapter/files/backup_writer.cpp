#include "backup_writer.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "adapter/files/write_file.h"
#include "core/fault.h"
#include "manifest_json.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

core::Fault unwritable(const std::string& path, int reason) {
  const bool full = reason == ENOSPC || reason == EFBIG || reason == EDQUOT;
  return {core::ExitCode::configuration,
          fmt::format("{}: cannot be written: {}; nothing of the backup is left", path,
                      std::strerror(reason)),
          full ? "make room, or name another place: migrate backup --out FILE" : ""};
}

}  // namespace

fs::path manifest_of(const fs::path& file) {
  return file.string() + ".json";
}

FileBackupWriter::FileBackupWriter(const fs::path& file)
    : path_(file.string()),
      partial_(path_ + partial_ending),
      gzip_([this](std::string_view bytes) { put(bytes); }) {
  for (const fs::path& there : {file, manifest_of(file)}) {
    if (!fs::exists(there)) continue;
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{} is there already", there.string()),
                      "a backup never takes another's place: name another file");
  }
  file_ = posix::FileDescriptor(
      ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file_.valid()) throw unwritable(partial_, errno);
  ::flock(file_.get(), LOCK_EX | LOCK_NB);
}

FileBackupWriter::~FileBackupWriter() {
  if (!committed_) ::unlink(partial_.c_str());
}

void FileBackupWriter::write(std::string_view bytes) {
  dump_bytes_ += bytes.size();
  gzip_.write(bytes);
}

void FileBackupWriter::put(std::string_view bytes) {
  digest_.add(bytes);
  bytes_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) throw unwritable(partial_, errno);
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

core::backup::Manifest FileBackupWriter::commit(core::backup::Manifest manifest) {
  gzip_.finish();
  if (::fsync(file_.get()) != 0) throw unwritable(partial_, errno);
  manifest.file = fs::path(path_).filename().string();
  manifest.bytes = bytes_;
  manifest.sha256 = digest_.hex();
  manifest.dump_bytes = dump_bytes_;
  if (std::rename(partial_.c_str(), path_.c_str()) != 0) throw unwritable(path_, errno);
  committed_ = true;
  try {
    write_file(manifest_of(path_), manifest_text(manifest), FileAccess::owner);
  } catch (const core::Fault&) {
    // Without a manifest nobody can rely on it.
    ::unlink(path_.c_str());
    throw;
  }
  return manifest;
}

}  // namespace migrate::files
