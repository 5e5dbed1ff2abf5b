#pragma once

#include <string>
#include <vector>

#include "connection.h"
#include "port/binary_log.h"

namespace migrate::mysql {

/// The binary log, read through SQL. Needs REPLICATION CLIENT (MariaDB: BINLOG MONITOR) for end()
/// and REPLICATION SLAVE (MariaDB: BINLOG MONITOR) for find() besides.
/// https://dev.mysql.com/doc/refman/8.4/en/show-binlog-events.html
///
/// The servers log some statements in words of their own, without the comment in front of them, so
/// that a mark which was not found says nothing of DROP TABLE, EXECUTE, statements about accounts,
/// views and stored programs, CREATE TABLE … SELECT, and what IF [NOT] EXISTS left undone. They log
/// ALTER TABLE (EXCHANGE PARTITION too), RENAME TABLE and TRUNCATE as they were sent.
class ServerBinaryLog : public port::BinaryLog {
 public:
  /// `connection` must outlive it.
  explicit ServerBinaryLog(Connection& connection) : connection_(connection) {}

  /// Looks at sql_log_bin of its own connection: ask on the session that runs the statements.
  core::LogPosition end() override;
  /// `mark` is the whole text of the comment: binary_log_mark().
  Found find(const core::LogPosition& since, const std::string& mark) override;

 private:
  std::vector<Row> status();
  Found find_in_file(const std::string& file, std::uint64_t offset, const std::string& comment);

  Connection& connection_;
  bool older_words_ = false;  ///< this server does not know SHOW BINARY LOG STATUS
};

}  // namespace migrate::mysql
