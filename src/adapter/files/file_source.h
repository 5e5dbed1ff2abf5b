#pragma once

#include <filesystem>
#include <memory>

#include "port/backup.h"

namespace migrate::files {

/// The bytes of a file. Throws Fault(configuration) when it cannot be read.
std::unique_ptr<port::ByteSource> open_file(const std::filesystem::path& path);

}  // namespace migrate::files
