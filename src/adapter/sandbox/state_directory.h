#pragma once

#include <cstdint>
#include <filesystem>

#include "adapter/posix/file_descriptor.h"

namespace migrate::sandbox {

/// What a sandbox keeps on disk:
///
///     <root>/lock           held by the process that changes the sandbox
///     <root>/data           the server's data directory, there only when it is whole
///     <root>/data.partial   while it is being created
///     <root>/temporary      the server's temporary files
///     <root>/server.log     its error log
///     <root>/server.sock    its socket, unless the path is too long for one
class StateDirectory {
 public:
  explicit StateDirectory(const std::filesystem::path& root);

  std::filesystem::path data() const { return root_ / "data"; }
  std::filesystem::path partial_data() const { return root_ / "data.partial"; }
  std::filesystem::path temporary() const { return root_ / "temporary"; }
  std::filesystem::path log() const { return root_ / "server.log"; }

  /// Whether there is a data directory. Throws Fault(configuration) when `data` is something that
  /// no server made.
  bool has_data() const;
  std::uint64_t data_bytes() const;

  /// Creates the directory if need be and waits for whoever has the lock, which ends with the
  /// returned descriptor. Throws Fault(configuration) when the directory cannot be written.
  posix::FileDescriptor lock() const;

  /// Where a server may listen: in the directory itself, or, since the kernel takes 107 bytes at
  /// most, in a folder of this user's in XDG_RUNTIME_DIR or /tmp, which is created.
  std::filesystem::path prepare_socket() const;

  /// Deletes what is listed above and nothing else; the root too if that leaves it empty. The
  /// caller holds the lock.
  void remove_all() const;

 private:
  std::filesystem::path short_socket_folder() const;

  std::filesystem::path root_;
};

}  // namespace migrate::sandbox
