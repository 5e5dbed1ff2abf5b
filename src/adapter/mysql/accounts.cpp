#include "adapter/mysql/accounts.h"

#include <optional>
#include <set>

#include <fmt/format.h>

#include "connection.h"
#include "late_connection.h"
#include "literal.h"

namespace migrate::mysql {
namespace {

using core::guard::Account;
using core::guard::Holding;

// There is no such grant defined: the account, or the role, is not there.
constexpr unsigned no_such_account = 1141;

class LiveAccounts : public port::Accounts {
 public:
  explicit LiveAccounts(core::ConnectionOptions options) : connection_(std::move(options)) {}

  Holding own() override {
    const auto row = connection().rows("SELECT CURRENT_USER(), CURRENT_ROLE()").at(0);
    Holding holding{.account = core::guard::account_of(row.at(0).value_or(""))};
    const std::string roles = row.at(1).value_or("NONE");
    // MariaDB shows the grants of the role that is on by itself.
    add(holding, is_mariadb() || roles == "NONE" ? "SHOW GRANTS"
                                                 : "SHOW GRANTS FOR CURRENT_USER() USING " + roles);
    return holding;
  }

  Holding of(const Account& account) override {
    Holding holding{.account = account};
    try {
      if (is_mariadb()) {
        read_mariadb(holding);
      } else {
        read_mysql(holding);
      }
    } catch (const ServerRefused& refused) {
      holding.grants.clear();
      if (refused.server_code() == no_such_account) {
        holding.presence = Holding::Presence::absent;
      } else if (refused.is_denial()) {
        holding.presence = Holding::Presence::unseen;
        holding.why_unseen = refused.server_words();
      } else {
        throw;
      }
    }
    return holding;
  }

  core::guard::ProgramCreators creators() override {
    const auto row = connection()
                         .rows(
                             "SELECT @@GLOBAL.log_bin AND NOT "
                             "@@GLOBAL.log_bin_trust_function_creators")
                         .at(0);
    return row.at(0) == "1" ? core::guard::ProgramCreators::super_only
                            : core::guard::ProgramCreators::anybody;
  }

 private:
  Connection& connection() { return connection_.get(); }
  bool is_mariadb() { return connection_.family() == core::ServerFamily::mariadb; }

  void add(Holding& holding, const std::string& show) {
    for (const Row& row : connection().rows(show)) holding.grants.push_back(row.at(0).value_or(""));
  }

  static std::string name_of(const Account& account) {
    return identifier(account.user) + "@" + identifier(account.host);
  }

  /// https://dev.mysql.com/doc/refman/9.7/en/show-grants.html: USING adds what roles give. Which
  /// are on behind a login: https://dev.mysql.com/doc/refman/9.7/en/roles.html#roles-active
  void read_mysql(Holding& holding) {
    const std::string show = "SHOW GRANTS FOR " + name_of(holding.account);
    add(holding, show);
    const std::string at_login = fmt::format(
        "SELECT r.user, r.host FROM (SELECT default_role_user AS user, default_role_host AS host,"
        " user AS of_user, host AS of_host, FALSE AS is_any FROM mysql.default_roles"
        " UNION ALL SELECT from_user, from_host, to_user, to_host, TRUE FROM mysql.role_edges) AS r"
        " WHERE r.of_user = {} AND r.of_host = {}"
        " AND (NOT r.is_any OR @@GLOBAL.activate_all_roles_on_login)",
        literal(holding.account.user), literal(holding.account.host));
    std::string roles;
    for (const Row& row : connection().rows(at_login)) {
      roles +=
          (roles.empty() ? "" : ", ") + name_of({row.at(0).value_or(""), row.at(1).value_or("")});
    }
    if (!roles.empty()) add(holding, show + " USING " + roles);
  }

  /// https://mariadb.com/kb/en/roles_overview/: only the default role is on behind a login, and
  /// with it those that it was granted.
  void read_mariadb(Holding& holding) {
    add(holding, "SHOW GRANTS FOR " + name_of(holding.account));
    const auto found = connection().rows(
        fmt::format("SELECT default_role FROM mysql.user WHERE user = {} AND host = {}",
                    literal(holding.account.user), literal(holding.account.host)));
    std::set<std::string> seen;
    if (!found.empty()) add_role(holding, found.front().at(0).value_or(""), seen);
  }

  void add_role(Holding& holding, const std::string& role, std::set<std::string>& seen) {
    if (role.empty() || !seen.insert(role).second) return;
    add(holding, "SHOW GRANTS FOR " + identifier(role));
    for (const Row& row : connection().rows(
             "SELECT role FROM mysql.roles_mapping WHERE host = '' AND user = " + literal(role)))
      add_role(holding, row.at(0).value_or(""), seen);
  }

  LateConnection connection_;
};

}  // namespace

std::unique_ptr<port::Accounts> open_accounts(core::ConnectionOptions options) {
  return std::make_unique<LiveAccounts>(std::move(options));
}

}  // namespace migrate::mysql
