#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/backup/manifest.h"
#include "port/byte_source.h"

namespace migrate::port {

/// What a backup asks of the server that it is made of. Only reads. Throws Fault(unavailable) when
/// the server is lost.
class BackupSource {
 public:
  virtual ~BackupSource() = default;

  struct Now {
    core::backup::ServerIdentity server;
    std::string at;  ///< the server's time, as Manifest::at
  };
  virtual Now now() = 0;

  struct Extent {
    std::uint64_t data_bytes = 0;             ///< of all rows, as the server estimates it
    std::vector<std::string> unsafe_tables;   ///< "log (MyISAM)": of no transaction
    std::vector<std::string> history_tables;  ///< system-versioned: old rows are not dumped
    /// Why the position of the binary log cannot be noted; empty: it can.
    std::string why_no_log;
    bool gtid = false;       ///< MySQL's GTIDs are on
    bool encrypted = false;  ///< this connection is
  };
  virtual Extent extent() = 0;
};

/// What is asked of the server's own dump tool.
struct DumpRequest {
  enum class Log { none, position, position_and_gtid };
  Log log = Log::none;
  enum class Link { clear, encrypted };  ///< of `preferred`, what it came to
  Link link = Link::clear;
};

class DumpTool {
 public:
  virtual ~DumpTool() = default;

  virtual const std::string& name() const = 0;  ///< "mariadb-dump 10.11.19"
  /// That the tool is of an older series than the server; empty: it is not.
  virtual const std::string& warning() const = 0;
  /// Its output. Where the tool fails, next() throws Fault(unavailable) with its words at the end.
  /// Destroying it ends the tool.
  virtual std::unique_ptr<ByteSource> start(const DumpRequest& request) = 0;
};

/// A backup's file as it is written. Until it is committed it has a name that no backup has;
/// destroying it then deletes it.
class BackupWriter {
 public:
  virtual ~BackupWriter() = default;

  virtual const std::string& path() const = 0;  ///< that it will have
  /// Throws Fault(configuration) when it cannot be written: a full disk.
  virtual void write(std::string_view bytes) = 0;
  virtual std::uint64_t bytes() const = 0;  ///< that the file has now
  /// The file is whole and on disk; then its manifest is written, which gets the name, sizes and
  /// the hash of the file.
  virtual core::backup::Manifest commit(core::backup::Manifest manifest) = 0;
};

/// The folder of an environment's backups.
class BackupFolder {
 public:
  virtual ~BackupFolder() = default;

  virtual const std::string& path() const = 0;
  /// Creates the folder, and deletes what killed backups left in it. `name`: without an ending.
  virtual std::unique_ptr<BackupWriter> create(const std::string& name) = 0;
  virtual std::uint64_t free_bytes() const = 0;
  /// The newest first; those without a manifest that can be relied on behind them. Empty when there
  /// is no such folder.
  virtual std::vector<core::backup::Found> list() const = 0;
};

/// A backup that is there.
class StoredBackup {
 public:
  virtual ~StoredBackup() = default;

  virtual const std::string& path() const = 0;
  virtual const core::backup::Manifest& manifest() const = 0;
  /// The file as it lies there, to be read whole: behind the end damage() says what it came to.
  virtual std::unique_ptr<ByteSource> raw() = 0;
  /// How what raw() read differs from the manifest; nothing: not at all.
  virtual std::optional<std::string> damage() = 0;
  /// The dump in it. Throws Fault(configuration) for what is not compressed as it should be.
  virtual std::unique_ptr<ByteSource> dump() = 0;
  /// Writes the word into the manifest.
  virtual void keep(const core::backup::Verified& word) = 0;
};

/// A schema that a dump is loaded into, over a connection of its own. Not thread-safe.
class RestoreTarget {
 public:
  virtual ~RestoreTarget() = default;

  virtual const std::string& server() const = 0;  ///< "MariaDB 10.11.19"
  virtual std::uint64_t connection_id() const = 0;
  /// One statement of the dump. Throws Fault(statement_failed) with the server's words.
  virtual void run(std::string_view statement) = 0;
  /// What it holds: of these tables the rows, in these columns; and the tables that are there
  /// besides, by name alone.
  virtual std::vector<core::backup::TableContent> content(
      const std::vector<core::backup::TableContent>& like) = 0;
  /// The objects that are there.
  virtual core::schema::Schema schema() = 0;
};

}  // namespace migrate::port
