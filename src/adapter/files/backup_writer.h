#pragma once

#include <filesystem>

#include "adapter/posix/file_descriptor.h"
#include "digest.h"
#include "gzip.h"
#include "port/backup.h"

namespace migrate::files {

/// The path of the manifest of a backup's file.
std::filesystem::path manifest_of(const std::filesystem::path& file);

/// Of a file that is being written.
inline constexpr const char* partial_ending = ".partial";

/// Holds a lock on what it writes, so that the next one can tell it from what a kill left.
class FileBackupWriter : public port::BackupWriter {
 public:
  /// Throws Fault(configuration) when there is such a backup, or it cannot be written.
  explicit FileBackupWriter(const std::filesystem::path& file);
  ~FileBackupWriter() override;
  FileBackupWriter(const FileBackupWriter&) = delete;
  FileBackupWriter& operator=(const FileBackupWriter&) = delete;

  const std::string& path() const override { return path_; }
  void write(std::string_view bytes) override;
  std::uint64_t bytes() const override { return bytes_; }
  core::backup::Manifest commit(core::backup::Manifest manifest) override;

 private:
  void put(std::string_view bytes);

  std::string path_;
  std::string partial_;
  posix::FileDescriptor file_;
  Sha256 digest_;
  GzipWriter gzip_;
  std::uint64_t bytes_ = 0;
  std::uint64_t dump_bytes_ = 0;
  bool committed_ = false;
};

}  // namespace migrate::files
