#include <charconv>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "adapter/mysql/backup.h"
#include "adapter/mysql/server.h"
#include "connection.h"
#include "core/fault.h"
#include "core/row_hash.h"
#include "literal.h"
#include "session_settings.h"

namespace migrate::mysql {
namespace {

using core::backup::TableContent;

core::ConnectionOptions without_schema(core::ConnectionOptions options) {
  options.schema.clear();
  return options;
}

class ServerRestoreTarget : public port::RestoreTarget {
 public:
  ServerRestoreTarget(const core::ConnectionOptions& options, const core::RunIdentity& identity,
                      const RestoreSchema& schema)
      : connection_(without_schema(options)), server_(open_server(options, identity)) {
    if (schema.ground == RestoreGround::anew) make_anew(options.schema, schema);
    connection_.rows("USE " + identifier(options.schema));
    const Row row = connection_.rows("SELECT VERSION(), CONNECTION_ID()").at(0);
    const std::string version = row.at(0).value_or("");
    name_ = fmt::format("{} {}", version.find("MariaDB") == std::string::npos ? "MySQL" : "MariaDB",
                        version);
    const std::string id = row.at(1).value_or("");
    std::from_chars(id.data(), id.data() + id.size(), connection_id_);
    // A stored program is one statement, whatever is in it.
    connection_.set_multi_statements(false);
  }

  const std::string& server() const override { return name_; }
  std::uint64_t connection_id() const override { return connection_id_; }

  void run(std::string_view statement) override {
    connection_.query(statement, [&](const StatementOutcome& outcome) {
      if (outcome.lost) connection_.throw_lost();
      if (!outcome.error) return;
      throw core::Fault(core::ExitCode::statement_failed,
                        fmt::format("the server refused a statement of the dump: error {} ({}): "
                                    "{}\n  {}",
                                    outcome.error->code, outcome.error->sqlstate,
                                    outcome.error->message, statement.substr(0, 200)));
    });
  }

  std::vector<TableContent> content(const std::vector<TableContent>& like) override {
    // The dump's session is not what it counted with.
    connection_.set_multi_statements(true);
    connection_.rows(session_settings);
    connection_.set_multi_statements(false);
    std::set<std::string> there;
    for (const Row& row : connection_.rows(
             "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"))
      there.insert(row.at(0).value_or(""));
    std::vector<TableContent> found;
    for (const TableContent& table : like) {
      if (there.contains(table.name)) found.push_back(content_of(table));
    }
    return found;
  }

  core::schema::Schema schema() override { return server_->connect()->schema().read(); }

 private:
  void make_anew(const std::string& name, const RestoreSchema& schema) {
    constexpr unsigned patience_s = 3600;
    if (connection_.rows(fmt::format("SELECT GET_LOCK('migrate.restore', {})", patience_s))
            .at(0)
            .at(0) != "1") {
      throw core::Fault(core::ExitCode::locked, "another backup is being verified",
                        "wait for it, and run again");
    }
    connection_.rows("DROP DATABASE IF EXISTS " + identifier(name));
    connection_.rows(fmt::format("CREATE DATABASE {} CHARACTER SET {} COLLATE {}", identifier(name),
                                 schema.charset, schema.collation));
  }

  TableContent content_of(const TableContent& like) {
    TableContent found{.name = like.name, .columns = like.columns};
    // Of a table without rows the dump names no columns.
    std::string columns = like.columns.empty() ? "1" : "";
    for (const std::string& column : like.columns)
      columns += (columns.empty() ? "" : ", ") + identifier(column);
    const std::string sql = fmt::format("SELECT {} FROM {}", columns, identifier(like.name));
    core::BagHash rows;
    std::string row;
    connection_.each_row(sql, [&](const RowView& view) {
      row.clear();
      for (unsigned i = 0; i < view.columns(); ++i) core::append_value(row, view.value(i));
      rows.add(core::BagHash::of(row));
      ++found.rows;
    });
    found.digest = rows.hex();
    return found;
  }

  Connection connection_;
  std::unique_ptr<port::Server> server_;
  std::string name_;
  std::uint64_t connection_id_ = 0;
};

}  // namespace

std::unique_ptr<port::RestoreTarget> open_restore_target(const core::ConnectionOptions& options,
                                                         const core::RunIdentity& identity,
                                                         const RestoreSchema& schema) {
  return std::make_unique<ServerRestoreTarget>(options, identity, schema);
}

}  // namespace migrate::mysql
