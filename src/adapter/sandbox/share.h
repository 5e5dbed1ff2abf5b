#pragma once

#include <filesystem>

#include "adapter/posix/file_descriptor.h"

namespace migrate::sandbox {

/// A share of something that several processes use; who has all of it is alone. It is a lock on a
/// file: it goes with its process, however that ends, and all of it becomes a share without anybody
/// getting in between, which flock(2) does not promise (fcntl(2), open file description locks). A
/// fork has its parent's until it closes the file.
class Share {
 public:
  /// Creates the file, and takes nothing yet. Throws Fault(configuration) when it cannot be opened.
  explicit Share(const std::filesystem::path& file);

  /// False, with what it had before, when others have some.
  bool take_all();
  /// Waits until nobody else has any.
  void wait_for_all();
  /// Waits while somebody else has all.
  void take_one();
  void give_back();

 private:
  posix::FileDescriptor file_;
};

}  // namespace migrate::sandbox
