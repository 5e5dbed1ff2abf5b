#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/backup/manifest.h"
#include "core/row_hash.h"
#include "core/splitter.h"

namespace migrate::core::backup {

/// Reads what mysqldump or mariadb-dump writes (with --complete-insert and --hex-blob), as it goes
/// by, and counts what is in it. Memory: the longest statement. Not thread-safe.
class DumpReader {
 public:
  /// Adds bytes. Throws Fault(internal) for what no such tool writes.
  void feed(std::string_view bytes);
  /// No more bytes will come. Throws as feed() does, also for what ends in the middle.
  void finish();

  /// The table whose rows go by; empty: none yet.
  const std::string& table() const { return table_; }

  /// Whether its last line is there: the tool writes it when it came to its end.
  bool is_complete() const;

  // Behind finish().
  /// Every table, those without rows too, in the order of the dump.
  const std::vector<TableContent>& tables() const { return tables_; }
  /// As the tool wrote it into a comment; nothing: it did not.
  std::optional<LogPosition> log() const;

 private:
  void read_pieces();
  void read_statement(std::string_view text);
  void read_insert(std::string_view text);

  Splitter splitter_;
  std::vector<TableContent> tables_;
  std::vector<BagHash> hashes_;  ///< one a table
  std::string table_;
  std::string head_;
  std::string tail_;
};

/// The first value of an INSERT's text behind `at`, which is moved behind it; nothing: NULL. What a
/// string escapes is undone, digits of hex are bytes, and anything else is as it is written. Throws
/// Fault(internal) for what is no literal.
std::optional<std::string> read_literal(std::string_view text, std::size_t& at);

}  // namespace migrate::core::backup
