#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/catalog.h"
#include "core/splitter.h"
#include "digest.h"

namespace migrate::files {

/// Reads one file statement by statement, in memory bounded by its longest statement.
class ScriptReader {
 public:
  /// Whether it learns the file's checksum on the way.
  enum class Checksum { taken, left_out };
  /// `shown` is the file's name in messages. Throws Fault(configuration) when it cannot be opened.
  ScriptReader(const std::filesystem::path& path, std::string shown, Checksum checksum);
  /// Of a text in memory, which must outlive it.
  struct Text {
    std::string_view bytes;
  };
  ScriptReader(Text text, std::string shown, Checksum checksum);

  /// The next statement, whose text is valid until the next call; nothing at the end; a problem
  /// when the file cannot be split. Throws Fault(configuration) when it cannot be read.
  std::variant<core::Piece, std::monostate, core::Problem> next();

  /// The first bytes of the file (at most 64 KiB), without a BOM. After the first next().
  const std::string& head() const { return head_; }
  /// At the end of the file, where it is taken.
  core::Checksum checksum();
  std::uint64_t bytes() const { return bytes_; }

 private:
  void feed();
  std::string_view read();

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string shown_;
  std::unique_ptr<std::FILE, Close> file_;  ///< null: of a text
  std::string_view rest_;                   ///< of it
  std::unique_ptr<char[]> buffer_;          ///< a chunk; most files fill little of it
  std::string head_;
  std::uint64_t bytes_ = 0;
  core::Splitter splitter_;
  std::optional<NormalisedDigest> digest_;
};

}  // namespace migrate::files
