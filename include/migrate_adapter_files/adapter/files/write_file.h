#pragma once

#include <filesystem>
#include <string>

namespace migrate::files {

/// Who may read a file that is written: whom the umask lets, or this user alone.
enum class FileAccess { usual, owner };

/// Writes the file whole or not at all: into a temporary one beside it, which takes its place once
/// it is on disk. Throws Fault(configuration) and leaves what was there when that fails.
void write_file(const std::filesystem::path& path, const std::string& text,
                FileAccess access = FileAccess::usual);

}  // namespace migrate::files
