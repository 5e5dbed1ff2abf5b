#include "adapter/config/yaml_file.h"

#include <algorithm>
#include <optional>

#include "fixture.h"

namespace migrate::config {
namespace {

const PathBase paths{"/project", "/home/me"};

YamlFile parse(const std::string& text) {
  return parse_yaml(text, "migrate.yaml", paths);
}

const Sourced<std::string>& value(const YamlFile& file, Setting setting) {
  const auto* const found = file.environments.at(0).layer.find(setting);
  if (found == nullptr) throw std::runtime_error("not set: " + std::string(name_of(setting)));
  return *found;
}

TEST(MigrateYaml, HoldsEveryKey) {
  const YamlFile file = parse(
      "migrations: db/migrations\n"
      "ddl: /abs/ddl\n"
      "default_env: staging\n"
      "environments:\n"
      "  staging:\n"
      "    host: db\n"
      "    port: 3307\n"
      "    user: app\n"
      "    schema: shop\n"
      "    tls: {mode: Verify-CA, ca: tls/ca.pem, cert: c.pem, key: ~/k.pem}\n"
      "    connect_timeout: 5\n"
      "    lock_timeout: 0\n"
      "    defaults_file: ../my.cnf\n"
      "    login_path: staging\n"
      "    password_env: STAGING_PASSWORD\n"
      "    protected: true\n"
      "    server_bin: mariadbd\n"
      "  local:\n"
      "    sandbox: true\n");
  EXPECT_EQ(file.project.find(Setting::migrations)->value, "/project/db/migrations");
  EXPECT_EQ(file.project.find(Setting::ddl)->value, "/abs/ddl");
  EXPECT_EQ(file.default_env->value, "staging");
  ASSERT_EQ(file.environments.size(), 2U);
  EXPECT_EQ(file.environments[0].name, "staging");
  EXPECT_EQ(file.environments[1].layer.find(Setting::sandbox)->value, "true");
  EXPECT_EQ(value(file, Setting::host).value, "db");
  EXPECT_EQ(value(file, Setting::port).value, "3307");
  EXPECT_EQ(value(file, Setting::port).origin.place(), "migrate.yaml:7:11");
  EXPECT_EQ(value(file, Setting::user).value, "app");
  EXPECT_EQ(value(file, Setting::schema).value, "shop");
  EXPECT_EQ(value(file, Setting::tls_mode).value, "verify_ca");
  EXPECT_EQ(value(file, Setting::tls_ca).value, "/project/tls/ca.pem");
  EXPECT_EQ(value(file, Setting::tls_cert).value, "/project/c.pem");
  EXPECT_EQ(value(file, Setting::tls_key).value, "/home/me/k.pem");
  EXPECT_EQ(value(file, Setting::connect_timeout).value, "5");
  EXPECT_EQ(value(file, Setting::lock_timeout).value, "0");
  EXPECT_EQ(value(file, Setting::defaults_file).value, "/my.cnf");
  EXPECT_EQ(value(file, Setting::login_path).value, "staging");
  EXPECT_EQ(value(file, Setting::is_protected).value, "true");
  EXPECT_EQ(value(file, Setting::server_bin).value, "mariadbd");
  EXPECT_EQ(std::get<PasswordVariable>(file.environments[0].layer.password()->source.value).name,
            "STAGING_PASSWORD");
  EXPECT_TRUE(file.warnings.empty());
}

TEST(MigrateYaml, HasPatternsOfWhatIsIgnored) {
  const auto ignored = [](const std::string& text) { return parse(text).ignored_objects; };
  EXPECT_EQ(ignored("ignore: ['tmp_*', \"_?\"]\n")->value,
            (std::vector<std::string>{"tmp_*", "_?"}));
  EXPECT_TRUE(ignored("ignore:\n")->value.empty()) << "nothing is ignored, not the defaults";
  EXPECT_FALSE(ignored("ddl: x\n"));
}

TEST(MigrateYaml, MayBeEmpty) {
  EXPECT_TRUE(parse("").environments.empty());
  EXPECT_TRUE(parse("# nothing yet\n").environments.empty());
  EXPECT_TRUE(parse("environments:\n").environments.empty());
}

TEST(MigrateYaml, TakesPasswordsFromEverySource) {
  const auto source = [](const std::string& line) {
    return parse("environments:\n  e:\n    host: h\n    " + line + "\n")
        .environments[0]
        .layer.password()
        ->source.value;
  };
  EXPECT_EQ(std::get<PasswordText>(source("password: s3cret")).text, "s3cret");
  EXPECT_EQ(std::get<PasswordText>(source("password: \"prompt\"")).text, "prompt");
  EXPECT_TRUE(std::holds_alternative<PasswordPrompt>(source("password: prompt")));
  EXPECT_EQ(std::get<PasswordFile>(source("password_file: secret.txt")).path,
            "/project/secret.txt");
  EXPECT_EQ(std::get<PasswordCommand>(source("password_command: pass show db")).command,
            "pass show db");
}

TEST(MigrateYaml, WarnsOfPasswordsInTheFile) {
  const YamlFile file = parse(
      "environments:\n"
      "  a: {host: h, password: s3cret}\n"
      "  b:\n"
      "    url: mysql://u:s3cret@h/s\n"
      "  c: {host: h, password_file: f}\n");
  ASSERT_EQ(file.warnings.size(), 2U);
  EXPECT_EQ(file.warnings[0],
            "migrate.yaml:2:26: a password in this file; password_env, password_file or "
            "password_command keep it out");
  EXPECT_EQ(file.warnings[1].substr(0, 18), "migrate.yaml:4:10:");
  EXPECT_TRUE(file.holds_password);
}

TEST(MigrateYaml, LetsAKeyOverrideItsPartOfTheUrlBesideIt) {
  const YamlFile file =
      parse("environments:\n  e: {url: 'mysql://u@h:1/s', host: other, schema: t}\n");
  EXPECT_EQ(value(file, Setting::host).value, "other");
  EXPECT_EQ(value(file, Setting::schema).value, "t");
  EXPECT_EQ(value(file, Setting::port).value, "1");
}

TEST(MigrateYaml, SaysHowMuchARuleMatters) {
  const YamlFile file = parse("lint:\n  rules:\n    drop-table: notice\n    utf8mb3: off\n");
  ASSERT_EQ(file.lint.size(), 2U);
  EXPECT_EQ(file.lint[0].rule, "drop-table");
  EXPECT_EQ(file.lint[0].severity, core::lint::Severity::notice);
  EXPECT_EQ(file.lint[1].severity, std::nullopt);
  EXPECT_EQ(file.lint[1].origin.place(), "migrate.yaml:4:14");
}

TEST(MigrateYaml, SaysWhatAnAuditExpects) {
  const YamlFile file = parse(
      "audit:\n  collation: utf8mb4_bin\n  row_format: compact\n  rules: {id-type: off}\n"
      "  allow:\n    - {rule: row-format, object: 'log_*', reason: read seldom}\n");
  EXPECT_EQ(file.audit.collation.value, "utf8mb4_bin");
  EXPECT_EQ(file.audit.row_format.value, "COMPACT");
  ASSERT_EQ(file.audit.rules.size(), 1U);
  EXPECT_EQ(file.audit.rules[0].severity, std::nullopt);
  ASSERT_EQ(file.audit.allow.size(), 1U);
  EXPECT_EQ(file.audit.allow[0].object, "log_*");
  EXPECT_EQ(file.audit.allow[0].place, "migrate.yaml:6:7");
}

TEST(MigrateYaml, HasChecksOfItsOwnAndChangesShippedOnes) {
  const YamlFile file = parse(
      "checks:\n"
      "  outbox-dead-letters: {expect: '<= 500', when: [monitor, after]}\n"
      "  outbox-error-rate: off\n"
      "  orphans:\n"
      "    query: |\n"
      "      SELECT COUNT(*)\n"
      "        FROM orders\n"
      "    expect: rows = 0\n"
      "    severity: warning\n"
      "    when: before\n"
      "    needs: orders\n"
      "    time_limit: 30\n"
      "    reason: they cannot be invoiced\n"
      "environments:\n"
      "  e:\n"
      "    host: h\n"
      "    checks:\n"
      "      orphans: off\n"
      "      outbox-error-rate: {severity: error}\n");
  const auto find = [](const std::vector<core::check::Check>& checks, const std::string& name) {
    const auto found = std::ranges::find(checks, name, &core::check::Check::name);
    return found == checks.end() ? std::nullopt : std::optional(*found);
  };
  const auto project = checks_of(file.checks, {});
  EXPECT_EQ(to_string(find(project, "outbox-dead-letters")->expect), "<= 500");
  EXPECT_EQ(find(project, "outbox-dead-letters")->query, "SELECT COUNT(*) FROM outbox_dead_letter");
  EXPECT_TRUE(find(project, "outbox-dead-letters")->is_for(core::check::Moment::after));
  EXPECT_EQ(find(project, "outbox-dead-letters")->origin, "migrate.yaml:2");
  EXPECT_EQ(find(project, "outbox-error-rate"), std::nullopt);
  EXPECT_EQ(find(project, "outbox-expired-leases")->origin, "shipped");
  const auto orphans = find(project, "orphans");
  ASSERT_TRUE(orphans);
  EXPECT_EQ(orphans->query, "SELECT COUNT(*)\n  FROM orders\n");
  EXPECT_EQ(orphans->severity, core::check::Severity::warning);
  EXPECT_EQ(orphans->when, std::vector{core::check::Moment::before});
  EXPECT_EQ(orphans->needs, std::vector<std::string>{"orders"});
  EXPECT_EQ(orphans->time_limit, std::chrono::seconds(30));
  const auto environment = checks_of(file.checks, file.environments.at(0).checks);
  EXPECT_EQ(find(environment, "orphans"), std::nullopt);
  EXPECT_EQ(find(environment, "outbox-error-rate")->severity, core::check::Severity::error);
}

struct BadYaml {
  const char* text;
  const char* message;  ///< behind "migrate.yaml:"
};

class BadYamls : public testing::TestWithParam<BadYaml> {};

TEST_P(BadYamls, AreRefusedAtTheirPlace) {
  const core::Fault fault = fault_of([&] { parse(GetParam().text); });
  EXPECT_EQ(fault.what(), std::string("migrate.yaml:") + GetParam().message);
  EXPECT_EQ(fault.code(), core::ExitCode::configuration);
  EXPECT_EQ((fault.what() + fault.hint()).find("s3cret"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    MigrateYaml, BadYamls,
    testing::Values(
        BadYaml{"environments:\n  e:\n    hots: db\n",
                "3:5: unknown key 'hots'; did you mean 'host'?"},
        BadYaml{"migration: x\n", "1:1: unknown key 'migration'; did you mean 'migrations'?"},
        BadYaml{"zebra: x\n",
                "1:1: unknown key 'zebra'; known: migrations, ddl, default_env, environments, "
                "ignore, lint, audit, checks, hooks"},
        BadYaml{"lint:\n  rules: {drop-tabel: off}\n",
                "2:11: unknown key 'drop-tabel'; did you mean 'drop-table'?"},
        BadYaml{"lint:\n  rules:\n    drop-table: fatal\n",
                "3:17: 'fatal' is no severity; expected error, warning, notice, off"},
        BadYaml{"lint: {rule: {}}\n", "1:8: unknown key 'rule'; did you mean 'rules'?"},
        BadYaml{"audit:\n  allow:\n    - {rule: row-fromat, object: a, reason: b}\n",
                "3:14: there is no rule 'row-fromat'; did you mean 'row-format'?"},
        BadYaml{"audit:\n  allow:\n    - {rule: row-format, object: a}\n",
                "3:7: an exception without 'reason'"},
        BadYaml{"audit: {row_format: tall}\n",
                "1:21: 'tall' is no row format; expected DYNAMIC, COMPACT, COMPRESSED, REDUNDANT"},
        BadYaml{"ignore: tmp_*\n",
                "1:9: 'ignore' is a list of patterns of object names: [\"tmp_*\", …]"},
        BadYaml{"ignore: [[a]]\n",
                "1:10: 'ignore' is a list of patterns of object names: [\"tmp_*\", …]"},
        BadYaml{"environments: {a: {sandbox: true, require: blood}}\n",
                "1:44: 'blood' is no requirement; expected approval, destructive, rehearsal, "
                "grants, backup, window, replicas"},
        BadYaml{"environments: {a: {sandbox: true, replicas: {max_lag: 10}}}\n",
                "1:55: '10' is no duration; expected seconds, minutes or hours: 10s, 5m, 1h"},
        BadYaml{"environments: {a: {sandbox: true, replicas: {max_lag: 1d}}}\n",
                "1:55: '1d' is no duration; expected seconds, minutes or hours: 10s, 5m, 1h"},
        BadYaml{"environments: {a: {sandbox: true, replicas: {hosts: [\"db2:0\"]}}}\n",
                "1:54: 'db2:0' is no host; expected its name and port: \"db2:3306\""},
        BadYaml{"environments: {a: {sandbox: true, replicas: {replica: maybe}}}\n",
                "1:55: 'maybe' is no answer; expected refuse, allow"},
        BadYaml{"environments: {a: {sandbox: true, replicas: {lag: 1s}}}\n",
                "1:46: unknown key 'lag'; known: max_lag, hosts, replica, long_transaction"},
        BadYaml{"environments: {a: {sandbox: true, backup: {max_age: 24}}}\n",
                "1:53: '24' is no age; expected minutes, hours or days: 90m, 24h, 7d"},
        BadYaml{"environments: {a: {sandbox: true, backup: {max_age: 0h}}}\n",
                "1:53: '0h' is no age; expected minutes, hours or days: 90m, 24h, 7d"},
        BadYaml{"environments: {a: {sandbox: true, backup: {foldre: b}}}\n",
                "1:44: unknown key 'foldre'; did you mean 'folder'?"},
        BadYaml{"environments: {a: {sandbox: true, backup: backups}}\n",
                "1:43: expected 'key: value' lines"},
        BadYaml{"environments: {a: {sandbox: true, prove_down: maybe}}\n",
                "1:47: 'maybe' is no answer; expected false, true"},
        BadYaml{"environments: {a: {sandbox: true, accounts: ana}}\n",
                "1:45: 'accounts' is a list of accounts: [\"'db_admin'@'%'\", …]"},
        BadYaml{"environments: {a: {sandbox: true, protected_objects: v1_*}}\n",
                "1:54: 'protected_objects' is a list of patterns: [\"v1_*\", …]"},
        BadYaml{"environments: {a: {sandbox: true, approvers: ana}}\n",
                "1:46: 'approvers' is a list of accounts: [\"ana@%\", …]"},
        BadYaml{"checks:\n  a: {expect: '= 0', reason: r}\n", "2:3: a: a check without 'query'"},
        BadYaml{"checks:\n  outbox-dead-leters: {expect: '= 0'}\n",
                "2:3: outbox-dead-leters: a check without 'query'; did you mean "
                "'outbox-dead-letters'?"},
        BadYaml{"checks:\n  outbox-dead-leters: off\n",
                "2:3: outbox-dead-leters: there is no such check; did you mean "
                "'outbox-dead-letters'?"},
        BadYaml{"checks:\n  a: {query: SELECT 1, reason: r}\n", "2:3: a: a check without 'expect'"},
        BadYaml{"checks:\n  a: {query: SELECT 1, expect: '= 1'}\n",
                "2:3: a: a check without 'reason'"},
        BadYaml{"environments:\n  e:\n    host: h\n    checks:\n      a: {query: SELECT 1}\n",
                "5:7: a: a check without 'expect'"},
        BadYaml{"checks:\n  outbox-dead-letters: {expect: '<= 1OO'}\n",
                "2:33: '<= 1OO' is no expectation: expected a number, found '1OO', at character 4"},
        BadYaml{"checks:\n  outbox-dead-letters: {expect: 5}\n",
                "2:33: '5' is no expectation: expected =, !=, <, <=, >, >= or between, found '5', "
                "at character 1"},
        BadYaml{
            "checks:\n  outbox-dead-letters: {query: DELETE FROM outbox}\n",
            "2:32: 'query': a check only reads; expected SELECT, WITH, TABLE, VALUES or SHOW at "
            "its beginning"},
        BadYaml{"checks:\n  outbox-dead-letters: {query: SELECT 1; SELECT 2}\n",
                "2:32: 'query': 2 statements; expected one"},
        BadYaml{"checks:\n  outbox-dead-letters: {when: [before, later]}\n",
                "2:40: 'later' is no moment; expected before, after, monitor"},
        BadYaml{"checks:\n  outbox-dead-letters: {severity: fatal}\n",
                "2:35: 'fatal' is no severity; expected notice, warning, error"},
        BadYaml{"checks:\n  outbox-dead-letters: {time_limit: 3601}\n",
                "2:37: '3601' is not a valid time_limit; expected whole seconds, from 1 to 3600"},
        BadYaml{"checks:\n  outbox-dead-letters: {expct: '= 0'}\n",
                "2:25: unknown key 'expct'; did you mean 'expect'?"},
        BadYaml{
            "checks:\n  outbox-dead-letters: false\n",
            "2:24: 'false' is no check; expected off, or query, expect, severity, when, reason, "
            "needs, time_limit"},
        BadYaml{"checks:\n  My_check: off\n",
                "2:3: 'My_check': a name of small letters, digits and '-' was expected"},
        BadYaml{"environments:\n  e: {tls: {mod: required}}\n",
                "2:13: unknown key 'mod'; did you mean 'mode'?"},
        BadYaml{"environments:\n  e: {host: h, pasword: s3cret}\n",
                "2:16: unknown key 'pasword'; did you mean 'password'?"},
        BadYaml{"ddl: a\nmigrations: b\nddl: c\n", "3:1: key 'ddl' given twice; first on line 1"},
        BadYaml{"environments:\n  e: {host: h}\n  e: {host: i}\n",
                "3:3: key 'e' given twice; first on line 2"},
        BadYaml{"environments:\n  e:\n    host: a\n    port: 1\n    host: b\n",
                "5:5: key 'host' given twice; first on line 3"},
        BadYaml{"environments:\n  e:\n    port: 33o6\n",
                "3:11: '33o6' is not a valid port; expected a number from 1 to 65535"},
        BadYaml{"environments:\n  e:\n    port: 0\n",
                "3:11: '0' is not a valid port; expected a number from 1 to 65535"},
        BadYaml{"environments:\n  e:\n    tls: {mode: on}\n",
                "3:17: 'on' is not a valid tls.mode; expected one of disabled, preferred, "
                "required, verify_ca, "
                "verify_identity"},
        BadYaml{"environments:\n  e: {protected: yes}\n",
                "2:18: 'yes' is not a valid protected; expected true or false"},
        BadYaml{"environments:\n  e: {connect_timeout: 10s}\n",
                "2:24: '10s' is not a valid connect_timeout; expected whole seconds, from 1 to "
                "31536000"},
        BadYaml{
            "environments:\n  e: {lock_timeout: -1}\n",
            "2:21: '-1' is not a valid lock_timeout; expected whole seconds, from 0 to 31536000"},
        BadYaml{"environments:\n  e:\n    host:\n", "3:5: 'host' has no value"},
        BadYaml{"environments:\n  e:\n    host: ''\n", "3:5: 'host' has no value"},
        BadYaml{"environments:\n  e:\n    host: [a, b]\n",
                "3:11: 'host' has more than one value; expected one"},
        BadYaml{"environments:\n  e:\n    password: {s3cret: s3cret}\n",
                "3:15: 'password' has more than one value; expected one"},
        BadYaml{"environments: production\n", "1:15: expected 'key: value' lines"},
        BadYaml{"environments:\n  - host: a\n", "2:3: expected 'key: value' lines"},
        BadYaml{"environments:\n  e:\n    password:s3cret\n", "3:5: expected 'key: value' lines"},
        BadYaml{"environments:\n  e: {password:s3cret}\n",
                "2:7: a ':' inside a key; write a space behind it"},
        BadYaml{"- a\n", "1:1: expected 'key: value' lines"},
        BadYaml{"[a]: b\n", "1:1: expected a name as the key"},
        BadYaml{"environments:\n  e:\n    password: *s3cret\n",
                "3:15: not valid YAML: the referenced anchor is not defined"},
        BadYaml{"environments:\n  e:\n    password: \"\\q-s3cret\"\n",
                "3:18: not valid YAML: unknown escape character"},
        BadYaml{"environments:\n  e: {host: h\n", "3:1: not valid YAML: end of map flow not found"},
        BadYaml{"ddl: a\n---\nddl: b\n", "3:1: a second YAML document; expected one"},
        BadYaml{"environments:\n  e:\n    url: mysql://u:s3cret@h:x/s\n",
                "3:10: the URL's port is not a number from 1 to 65535"},
        BadYaml{"environments:\n  e:\n    host: db\n    socket: /s\n",
                "4:13: a socket is on this machine, but migrate.yaml:3:11 names the host 'db'"},
        BadYaml{
            "environments:\n  e:\n    password_env: X\n    password: s3cret\n",
            "4:5: 'password' beside 'password_env' on line 3: an environment has one source of its "
            "password"},
        BadYaml{"environments:\n  e:\n    sandbox: true\n    user: u\n",
                "3:14: 'sandbox: true' beside 'user': the sandbox is a server of migrate's own"},
        BadYaml{"environments:\n  e: {sandbox: true, url: 'mysql://h'}\n",
                "2:16: 'sandbox: true' beside 'url': the sandbox is a server of migrate's own"},
        BadYaml{"default_env: stagng\nenvironments:\n  staging: {host: h}\n",
                "1:14: no environment 'stagng'; did you mean 'staging'?"}));

TEST(MigrateYaml, ChecksEnvironmentsThatAreNotUsed) {
  EXPECT_STREQ(fault_of([] {
                 parse("default_env: a\nenvironments:\n  a: {host: h}\n  b: {port: x}\n");
               }).what(),
               "migrate.yaml:4:13: 'x' is not a valid port; expected a number from 1 to 65535");
}

}  // namespace
}  // namespace migrate::config
