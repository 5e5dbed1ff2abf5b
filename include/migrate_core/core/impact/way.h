#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/server_info.h"

/// What the statements of a plan will do to a server: found by asking it, never by a table of
/// rules.
namespace migrate::core::impact {

/// What a statement can be asked to be run with, the mildest first.
/// https://dev.mysql.com/doc/refman/9.7/en/alter-table.html#alter-table-performance
/// https://mariadb.com/kb/en/innodb-online-ddl-overview/
enum class Algorithm {
  instant,
  nocopy,  ///< MariaDB: in place, and the table is not rebuilt
  inplace,
  copy,
};

/// What others may do with the table meanwhile, the mildest first.
enum class Locking {
  none,       ///< read and write
  shared,     ///< read
  exclusive,  ///< nothing
};

/// "INSTANT", "NOCOPY", "INPLACE", "COPY"; "NONE", "SHARED", "EXCLUSIVE".
std::string_view sql_word(Algorithm algorithm);
std::string_view sql_word(Locking locking);

/// One way to ask for it.
struct Rung {
  Algorithm algorithm = Algorithm::copy;
  std::optional<Locking> locking;  ///< nothing: left to the server, which takes the mildest

  friend bool operator==(const Rung&, const Rung&) = default;
};

/// An ALTER TABLE, CREATE INDEX or DROP INDEX, where it takes an algorithm and a lock.
class AlterStatement {
 public:
  /// Nothing for any other statement. The text may have a comment in front.
  static std::optional<AlterStatement> read(std::string_view statement);

  /// All that are worth asking of such a server, the mildest first. What the statement asks for
  /// itself stays as it is: MariaDB takes that as the harshest it may use, MySQL as the only one.
  std::vector<Rung> rungs(ServerFamily family) const;
  /// The statement with that asked for.
  std::string with(const Rung& rung) const;

 private:
  enum class Place { in_front_of_actions, in_front_of_partitioning, at_end };

  std::string text_;
  Place place_ = Place::at_end;
  std::size_t offset_ = 0;  ///< of the place
  std::optional<Algorithm> own_algorithm_;
  std::optional<Locking> own_locking_;
};

}  // namespace migrate::core::impact
