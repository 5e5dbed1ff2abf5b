#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "adapter/mysql/audit.h"
#include "connection.h"
#include "core/fault.h"
#include "literal.h"
#include "session_settings.h"
#include "zero_dates.h"

namespace migrate::mysql {
namespace {

using core::audit::Facts;
using core::schema::Schema;

class AuditFacts : public port::AuditFacts {
 public:
  AuditFacts(const core::ConnectionOptions& options, std::chrono::milliseconds date_patience)
      : connection_(options), date_patience_(date_patience) {
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
    ZeroDatesTold dates = read_zero_dates(connection_, schema, date_patience_);
    facts.zero_dates = std::move(dates.found);
    std::ranges::move(dates.unseen, std::back_inserter(facts.unseen));
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

  Connection connection_;
  std::chrono::milliseconds date_patience_;
};

}  // namespace

std::unique_ptr<port::AuditFacts> open_audit_facts(const core::ConnectionOptions& options,
                                                   std::chrono::milliseconds date_patience) {
  return std::make_unique<AuditFacts>(options, date_patience);
}

}  // namespace migrate::mysql
