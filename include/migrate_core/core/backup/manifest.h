#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/exit_code.h"
#include "core/schema/schema.h"
#include "core/server_info.h"

/// Backups: dumps that can be trusted because somebody restored them.
namespace migrate::core::backup {

/// Which server, and what of it.
struct ServerIdentity {
  ServerFamily family = ServerFamily::mysql;
  std::string version;  ///< as the server says it
  /// What no other server has: MySQL's server_uuid; of MariaDB, which has nothing like it, all that
  /// tells two servers apart: server_uid, server_id, host name, port and data directory.
  std::string id;
  std::string schema;
  std::string charset;    ///< of the schema
  std::string collation;  ///< likewise
};

/// The binary log where the dump's snapshot was taken: what to replay from.
struct LogPosition {
  std::string file;
  std::uint64_t position = 0;
  std::string gtid;  ///< the set, or MariaDB's position; empty: not known
};

/// What is in a table, as the dump has it: its rows, whatever their order.
struct TableContent {
  std::string name;
  std::vector<std::string> columns;  ///< that the dump names, in that order; none: no rows
  std::uint64_t rows = 0;
  std::string digest;  ///< BagHash of the rows' values in these columns

  friend bool operator==(const TableContent&, const TableContent&) = default;
};

/// An object of the schema, as it was in front of the dump and behind it.
struct ObjectPrint {
  std::string object;  ///< "table orders", "trigger t"
  std::string fingerprint;

  friend bool operator==(const ObjectPrint&, const ObjectPrint&) = default;
};

/// How a command for a snapshot of the volume ended.
struct SnapshotOutcome {
  int exit_code = 0;
  std::vector<std::string> last_lines;  ///< of its output
};

/// The word that it was restored and compared with its manifest.
struct Verified {
  std::string at;  ///< UTC, as Manifest::at
  std::string by;
  std::string server;  ///< where: "MariaDB 10.11.19"
  std::string tool_version;
  std::vector<std::string> warnings;
};

/// What a backup is, beside its file.
struct Manifest {
  std::string file;              ///< its name, without a folder
  std::uint64_t bytes = 0;       ///< of the file
  std::string sha256;            ///< of the file
  std::uint64_t dump_bytes = 0;  ///< before it was compressed
  std::string at;                ///< when the dump began, by the server's clock: UTC, ISO 8601
  std::string by;                ///< user@host
  std::string tool_version;      ///< of migrate
  std::string environment;       ///< empty: none was chosen
  ServerIdentity server;
  std::string dump_tool;  ///< "mariadb-dump 10.11.19"
  std::optional<LogPosition> log;
  std::string why_no_log;  ///< empty: it is there
  std::vector<TableContent> tables;
  std::vector<ObjectPrint> objects;
  std::optional<SnapshotOutcome> snapshot;
  std::vector<std::string> warnings;
  std::optional<Verified> verified;

  std::uint64_t rows() const;
};

/// A backup as it was found in a folder.
struct Found {
  std::string path;
  std::optional<Manifest> manifest;
  std::string problem;  ///< of one that is not whole, or whose manifest cannot be relied on
};

/// What a verification came to.
struct Verification {
  Manifest manifest;
  std::string path;
  std::string server;  ///< that it was restored into; empty: it did not come to that
  /// A line each: "table orders: 2 rows, expected 3".
  std::vector<std::string> differences;
  std::vector<std::string> warnings;

  bool passed() const { return differences.empty(); }
  ExitCode code() const { return passed() ? ExitCode::done : ExitCode::drift; }
};

/// Every object with its fingerprint, and no row of it.
std::vector<ObjectPrint> object_prints(const schema::Schema& schema);

/// What of `found` is not as expected, a line each.
std::vector<std::string> object_differences(const std::vector<ObjectPrint>& expected,
                                            const std::vector<ObjectPrint>& found);
std::vector<std::string> content_differences(const std::vector<TableContent>& expected,
                                             const std::vector<TableContent>& found);

/// "2026-11-27T23:55:00Z" as seconds since 1970; nothing when it is no such time.
std::optional<std::int64_t> seconds_of(const std::string& at);

/// What a dump of so much data may need on disk, in bytes. A guess: text is compressed to a fifth
/// and less, blobs hardly at all.
std::uint64_t room_needed(std::uint64_t data_bytes);

/// "1.5 GiB"
std::string size_text(std::uint64_t bytes);

/// "MariaDB 10.11.19"
std::string server_text(const ServerIdentity& server);

}  // namespace migrate::core::backup
