#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "adapter/mysql/audit.h"
#include "connection.h"
#include "core/fault.h"
#include "literal.h"
#include "session_settings.h"

namespace migrate::mysql {
namespace {

using core::audit::Facts;
using core::schema::Column;
using core::schema::Schema;
using core::schema::Table;

constexpr std::size_t most_rows = 10000;
constexpr std::size_t most_bytes = 262144;

class AuditFacts : public port::AuditFacts {
 public:
  explicit AuditFacts(const core::ConnectionOptions& options) : connection_(options) {
    connection_.query(session_settings, [this](const StatementOutcome& outcome) {
      if (outcome.lost) connection_.throw_lost();
      if (outcome.error) throw ServerRefused(*outcome.error, session_settings);
    });
  }

  Facts read(const Schema& schema) override {
    Facts facts;
    facts.schema = schema;
    for (const core::ObjectName& hidden : schema.hidden)
      facts.unseen.push_back(fmt::format("the definition of {}", hidden.name));
    read_server(facts);
    read_accounts(facts);
    read_views(facts);
    read_dates(facts);
    return facts;
  }

  std::uint64_t count(const std::string& select) override {
    const std::string text = connection_.rows(select).at(0).at(0).value_or("0");
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }

 private:
  void read_server(Facts& facts) {
    for (const Row& row : connection_.rows(
             "SELECT table_name, row_format FROM information_schema.tables WHERE table_schema = " +
             literal(facts.schema.name) + " AND row_format IS NOT NULL"))
      facts.row_formats.emplace(row[0].value_or(""), row[1].value_or(""));
    for (const Row& row : connection_.rows("SELECT character_set_name, default_collate_name"
                                           " FROM information_schema.character_sets"))
      facts.default_collations.emplace(row[0].value_or(""), row[1].value_or(""));
    const Row row =
        connection_.rows("SELECT @@GLOBAL.character_set_client, @@GLOBAL.collation_connection")
            .at(0);
    facts.connection_charset = row[0].value_or("");
    facts.connection_collation = row[1].value_or("");
  }

  void read_accounts(Facts& facts) {
    try {
      std::set<std::string> accounts;
      for (const Row& row : connection_.rows("SELECT user, host FROM mysql.user")) {
        const std::string user = identifier(row[0].value_or(""));
        const std::string host = row[1].value_or("");
        accounts.insert(user + "@" + identifier(host));
        // A role of MariaDB has no host.
        if (host.empty()) accounts.insert(user);
      }
      facts.accounts = std::move(accounts);
    } catch (const ServerRefused&) {
      facts.unseen.emplace_back("accounts, and so whether definers exist: no SELECT on mysql.user");
    }
  }

  /// CHECK TABLE opens each view and tells what is wrong with it; nothing is written.
  void read_views(Facts& facts) {
    std::string list;
    for (const core::schema::View& view : facts.schema.views)
      list += (list.empty() ? "" : ", ") + identifier(view.name);
    if (list.empty()) return;
    try {
      for (const Row& row : connection_.rows("CHECK TABLE " + list)) {
        if (row.at(2) != "Error") continue;
        std::string view = row.at(0).value_or("");
        view.erase(0, facts.schema.name.size() + 1);
        const bool told = std::ranges::any_of(
            facts.broken_views, [&view](const auto& broken) { return broken.view == view; });
        if (!told) facts.broken_views.push_back({view, row.at(3).value_or("")});
      }
    } catch (const ServerRefused& refused) {
      facts.unseen.push_back(
          fmt::format("whether views can be read: {}", std::string_view(refused.what())));
    }
  }

  static bool may_hold_zero(const Column& column) {
    const bool date = column.data_type == "date" || column.data_type == "datetime" ||
                      column.data_type == "timestamp";
    return date && column.generated == core::schema::Generated::no;
  }

  /// Of the date columns of a table, whether one of the first rows holds it. Numbers are compared:
  /// the text is no date that this session may write.
  static std::string dates_of(const Table& table) {
    std::string asked;
    std::string names;
    for (const Column& column : table.columns) {
      if (!may_hold_zero(column)) continue;
      const std::string name = identifier(column.name);
      asked += fmt::format(", MAX({} + 0 = 0)", name);
      names += (names.empty() ? "" : ", ") + name;
    }
    if (names.empty()) return {};
    return fmt::format("SELECT {}{} FROM (SELECT {} FROM {} LIMIT {}) AS some", literal(table.name),
                       asked, names, identifier(table.name), most_rows);
  }

  /// Many in a packet; where one is refused, on behind it.
  void read_dates(Facts& facts) {
    std::vector<std::pair<const Table*, std::string>> asked;
    for (const Table& table : facts.schema.tables) {
      std::string sql = dates_of(table);
      if (!sql.empty()) asked.emplace_back(&table, std::move(sql));
    }
    for (std::size_t first = 0; first < asked.size();) {
      std::string sql;
      std::size_t end = first;
      for (; end < asked.size() && sql.size() < most_bytes; ++end)
        sql += (sql.empty() ? "" : ";") + asked[end].second;
      std::size_t statement = first;
      std::optional<core::ServerError> refused;
      connection_.query(
          sql,
          [&](const StatementOutcome& outcome) {
            if (outcome.lost) connection_.throw_lost();
            if (outcome.error) refused = *outcome.error;
            if (!outcome.error) ++statement;
          },
          [&](const RowView& row) { take_dates(*asked[statement].first, row.copy(), facts); });
      first = end;
      if (refused) {
        facts.unseen.push_back(
            fmt::format("the dates in {}: {}", asked[statement].first->name, refused->message));
        first = statement + 1;
      }
    }
  }

  static void take_dates(const Table& table, const Row& row, Facts& facts) {
    std::size_t at = 1;
    for (const Column& column : table.columns) {
      if (!may_hold_zero(column)) continue;
      if (row.at(at++) == "1") facts.zero_dates.push_back({table.name, column.name});
    }
  }

  Connection connection_;
};

}  // namespace

std::unique_ptr<port::AuditFacts> open_audit_facts(const core::ConnectionOptions& options) {
  return std::make_unique<AuditFacts>(options);
}

}  // namespace migrate::mysql
