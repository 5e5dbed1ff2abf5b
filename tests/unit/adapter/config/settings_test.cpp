#include "adapter/config/settings.h"

#include <algorithm>

#include "adapter/config/project.h"
#include "fixture.h"

namespace migrate::config {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

class SettingsTest : public testing::Test {
 protected:
  Settings load() const { return load_from(folder.path()); }
  Settings load_from(const std::filesystem::path& directory) const {
    Variables all = variables;
    all.try_emplace("HOME", "/home/me");
    return load_settings(flags, environment_of(all), directory);
  }
  core::Fault fault() const {
    return fault_of([&] { load(); });
  }
  void yaml(const std::string& text, mode_t mode = 0600) {
    folder.write("migrate.yaml", text, mode);
  }

  TestFolder folder;
  Flags flags;
  Variables variables;
};

SettingRow row(const Settings& settings, std::string_view name) {
  const auto found = std::find_if(settings.rows.begin(), settings.rows.end(),
                                  [&](const SettingRow& r) { return r.name == name; });
  return found == settings.rows.end() ? SettingRow{} : *found;
}

// --- nothing configured
// ---------------------------------------------------------------------------------------------

TEST_F(SettingsTest, WithoutAnyConfigurationTheTargetIsTheSandbox) {
  const Settings settings = load();
  EXPECT_EQ(settings.target, Target::sandbox);
  EXPECT_EQ(settings.environment, "");
  EXPECT_EQ(settings.protection, Protection::off);
  EXPECT_EQ(settings.config_file, std::nullopt);
  EXPECT_EQ(settings.migrations_dir, folder.path() / "migrations");
  EXPECT_EQ(settings.ddl_dir, folder.path() / "ddl");
  EXPECT_EQ(settings.lock_timeout, std::chrono::seconds(30));
  EXPECT_EQ(settings.connection.tls.mode, core::TlsMode::preferred);
  EXPECT_EQ(settings.connection.schema, schema_from(folder.path()));
  EXPECT_EQ(settings.state_dir.parent_path(), "/home/me/.local/state/migrate");
  EXPECT_TRUE(settings.warnings.empty());
  EXPECT_EQ(row(settings, "lock_timeout"), (SettingRow{"lock_timeout", "30", "default"}));
}

TEST_F(SettingsTest, AFileInTheHomeFolderChangesNothing) {
  folder.write(".my.cnf", "[client]\nhost=elsewhere\n");
  variables["HOME"] = folder.path().string();
  EXPECT_EQ(load().target, Target::sandbox);
}

TEST_F(SettingsTest, WhatOnlyAServerNeedsIsNotLostOnTheSandbox) {
  flags.user = "app";
  EXPECT_STREQ(fault().what(), "--user: user is set, but no server is");
  EXPECT_EQ(fault().code(), core::ExitCode::usage);
  flags.user.reset();
  flags.ask_password = true;
  EXPECT_STREQ(fault().what(), "--ask-password: a password is set, but no server is");
}

TEST_F(SettingsTest, TheSandboxNeedsAPlace) {
  variables["HOME"] = "";
  EXPECT_STREQ(fault().what(), "no place for the sandbox: neither HOME nor XDG_STATE_HOME is set");
  variables["XDG_STATE_HOME"] = "/state";
  EXPECT_EQ(load().state_dir.parent_path(), "/state/migrate");
  variables["MIGRATE_STATE_DIR"] = "/var/x";
  EXPECT_EQ(load().state_dir, "/var/x");
  flags.state_dir = "here";
  EXPECT_EQ(load().state_dir, folder.path() / "here");
}

TEST(Project, StateFoldersOfTwoProjectsOfOneNameDiffer) {
  const Environment home = environment_of({{"HOME", "/h"}});
  const auto a = default_state_dir("/a/shop", home);
  const auto b = default_state_dir("/b/shop", home);
  EXPECT_EQ(a->string().size(), std::string("/h/.local/state/migrate/shop-12345678").size());
  EXPECT_EQ(a->string().substr(0, 29), "/h/.local/state/migrate/shop-");
  EXPECT_NE(a, b);
  EXPECT_EQ(a, default_state_dir("/a/shop/", home));
  // A relative XDG_STATE_HOME does not count.
  EXPECT_EQ(
      a, default_state_dir("/a/shop", environment_of({{"HOME", "/h"}, {"XDG_STATE_HOME", "x"}})));
}

TEST(Project, NamesItsSchemaAfterItsFolder) {
  EXPECT_EQ(schema_from("/a/My-Shop.v2/"), "my_shop_v2");
  EXPECT_EQ(schema_from("/a/mysql"), "migrate");
  EXPECT_EQ(schema_from("/a/..."), "migrate");
  EXPECT_EQ(schema_from("/"), "migrate");
  EXPECT_EQ(schema_from("/" + std::string(100, 'x')), std::string(64, 'x'));
}

// --- finding the file
// ------------------------------------------------------------------------------------------------

TEST_F(SettingsTest, FindsTheFileInAParent) {
  yaml("migrations: m\nenvironments:\n  e: {host: h}\n");
  std::filesystem::create_directories(folder.path() / "a/b");
  const Settings settings = load_from(folder.path() / "a/b");
  EXPECT_EQ(settings.config_file, folder.path() / "migrate.yaml");
  EXPECT_EQ(settings.migrations_dir, folder.path() / "m");
  EXPECT_EQ(settings.ddl_dir, folder.path() / "ddl");
  EXPECT_EQ(row(settings, "host"), (SettingRow{"host", "h", "../../migrate.yaml:3"}));
}

TEST_F(SettingsTest, StopsAtTheRootOfTheRepository) {
  yaml("environments:\n  e: {host: h}\n");
  std::filesystem::create_directories(folder.path() / "inner/.git");
  EXPECT_EQ(load_from(folder.path() / "inner").target, Target::sandbox);
}

TEST_F(SettingsTest, TakesTheFileThatIsNamed) {
  folder.write("conf/a.yaml", "environments:\n  e: {host: a}\n");
  folder.write("conf/b.yaml", "environments:\n  e: {host: b}\n");
  yaml("environments:\n  e: {host: found}\n");
  variables["MIGRATE_CONFIG"] = "conf/a.yaml";
  EXPECT_EQ(load().connection.host, "a");
  EXPECT_EQ(row(load(), "host").origin, "conf/a.yaml:2");
  flags.config = "conf/b.yaml";
  EXPECT_EQ(load().connection.host, "b");
  EXPECT_EQ(load().migrations_dir, folder.path() / "conf/migrations");
  flags.config = "conf/c.yaml";
  EXPECT_EQ(std::string(fault().what()), "--config: cannot read " +
                                             (folder.path() / "conf/c.yaml").string() +
                                             ": No such file or directory");
}

TEST_F(SettingsTest, BadYamlIsCalledAsItWasTyped) {
  folder.write("conf/a.yaml", "environments:\n  e:\n    hots: x\n");
  flags.config = "conf/a.yaml";
  EXPECT_STREQ(fault().what(), "conf/a.yaml:3:5: unknown key 'hots'; did you mean 'host'?");
}

// --- choosing the environment
// ---------------------------------------------------------------------------------------

constexpr const char* two_environments =
    "environments:\n"
    "  staging: {host: s}\n"
    "  production: {host: p, protected: true}\n";

TEST_F(SettingsTest, ChoosesTheEnvironmentByFlagThenVariableThenDefault) {
  yaml("default_env: staging\n" + std::string(two_environments));
  EXPECT_EQ(load().environment, "staging");
  EXPECT_EQ(row(load(), "environment").origin, "migrate.yaml:1");
  variables["MIGRATE_ENV"] = "production";
  EXPECT_EQ(load().connection.host, "p");
  EXPECT_EQ(load().protection, Protection::on);
  EXPECT_EQ(row(load(), "environment").origin, "MIGRATE_ENV");
  flags.env = "staging";
  EXPECT_EQ(load().connection.host, "s");
  EXPECT_EQ(load().protection, Protection::off);
}

TEST_F(SettingsTest, TakesTheOnlyEnvironment) {
  yaml("environments:\n  prod: {host: p}\n");
  EXPECT_EQ(load().environment, "prod");
}

TEST_F(SettingsTest, FoldersNeedNoEnvironment) {
  yaml(two_environments);
  const Folders folders = load_folders(flags, environment_of(variables), folder.path());
  EXPECT_EQ(folders.migrations, folder.path() / "migrations");
  EXPECT_EQ(folders.ddl, std::nullopt) << "nobody named a ddl folder, and there is none";
}

TEST_F(SettingsTest, RulesOfLintNeedNoEnvironmentAndAreShown) {
  yaml("lint: {rules: {drop-table: off, utf8mb3: error}}\n");
  const core::lint::Severities severities =
      load_lint_severities(flags, environment_of(variables), folder.path());
  EXPECT_EQ(severities.at("drop-table"), std::nullopt);
  EXPECT_EQ(severities.at("utf8mb3"), core::lint::Severity::error);
  EXPECT_EQ(row(load(), "lint.rules.drop-table"),
            (SettingRow{"lint.rules.drop-table", "off", "migrate.yaml:1"}));
}

TEST_F(SettingsTest, KeepsADdlFolderThatSomebodyNamed) {
  flags.ddl = "nowhere";
  const Folders folders = load_folders(flags, environment_of(variables), folder.path());
  EXPECT_EQ(folders.ddl, folder.path() / "nowhere");
}

TEST_F(SettingsTest, NeverGuessesAmongSeveral) {
  yaml(two_environments);
  EXPECT_EQ(std::string(fault().what()),
            (folder.path() / "migrate.yaml").string() +
                ": no environment is chosen; there are staging, production");
  EXPECT_EQ(fault().code(), core::ExitCode::configuration);
  flags.host = "h";
  EXPECT_EQ(load().environment, "");
  EXPECT_EQ(load().connection.host, "h");
}

TEST_F(SettingsTest, AnUnknownEnvironmentIsAnErrorThatListsTheKnown) {
  yaml(two_environments);
  flags.env = "prodution";
  EXPECT_STREQ(fault().what(), "--env: no environment 'prodution'; did you mean 'production'?");
  EXPECT_EQ(fault().code(), core::ExitCode::configuration);
  EXPECT_EQ(fault().hint(), "name one of those in " + (folder.path() / "migrate.yaml").string() +
                                ": staging, production");
  flags.env_flag = "--from";
  EXPECT_STREQ(fault().what(), "--from: no environment 'prodution'; did you mean 'production'?");
}

TEST_F(SettingsTest, AnEnvironmentNeedsAFile) {
  variables["MIGRATE_ENV"] = "staging";
  EXPECT_STREQ(fault().what(), "MIGRATE_ENV: no environment 'staging'");
  EXPECT_EQ(
      fault().hint(),
      "name the migrate.yaml that has it with --config: there is none in this folder or above "
      "it");
}

TEST_F(SettingsTest, AnEnvironmentWithoutAServerIsNoSandboxUnlessItSaysSo) {
  yaml("environments:\n  staging: {schema: shop}\n");
  EXPECT_STREQ(fault().what(), "migrate.yaml:2:3: environment 'staging' names no server");
  variables["MIGRATE_HOST"] = "h";
  EXPECT_EQ(load().target, Target::server);
  variables.clear();
  yaml("environments:\n  local: {sandbox: true, schema: shop}\n");
  EXPECT_EQ(load().target, Target::sandbox);
  EXPECT_EQ(load().connection.schema, "shop");
}

// --- precedence
// -----------------------------------------------------------------------------------------------------

struct Level3 {
  const char* name;  ///< of the row
  std::optional<std::string> Flags::*flag;
  const char* flag_name;
  const char* variable;
  const char* yaml;  ///< key and value
  const char* of_flag;
  const char* of_variable;
  const char* of_yaml;
  const char* of_default;
};

class EverySetting : public SettingsTest, public testing::WithParamInterface<Level3> {};

TEST_P(EverySetting, ComesFromFlagThenVariableThenFileThenDefault) {
  const Level3& setting = GetParam();
  const bool is_target = std::string_view(setting.yaml).starts_with("host");
  const std::string base = is_target ? "" : "host: h, ";
  yaml("environments:\n  e: {" + base + "user: u}\n");
  if (!is_target) {
    EXPECT_EQ(row(load(), setting.name), (SettingRow{setting.name, setting.of_default, "default"}));
  }
  yaml("environments:\n  e: {" + base + setting.yaml + "}\n");
  EXPECT_EQ(row(load(), setting.name),
            (SettingRow{setting.name, setting.of_yaml, "migrate.yaml:2"}));
  variables[setting.variable] = setting.of_variable;
  EXPECT_EQ(row(load(), setting.name),
            (SettingRow{setting.name, setting.of_variable, setting.variable}));
  flags.*setting.flag = setting.of_flag;
  EXPECT_EQ(row(load(), setting.name),
            (SettingRow{setting.name, setting.of_flag, std::string("flag ") + setting.flag_name}));
  // An empty variable is one that is not set.
  flags.*setting.flag = std::nullopt;
  variables[setting.variable] = "";
  EXPECT_EQ(row(load(), setting.name).origin, "migrate.yaml:2");
}

INSTANTIATE_TEST_SUITE_P(
    Settings, EverySetting,
    testing::Values(
        Level3{"host", &Flags::host, "--host", "MIGRATE_HOST", "host: y", "f", "v", "y", ""},
        Level3{"port", &Flags::port, "--port", "MIGRATE_PORT", "port: 3", "1", "2", "3", "3306"},
        Level3{"schema", &Flags::schema, "--schema", "MIGRATE_SCHEMA", "schema: y", "f", "v", "y",
               ""},
        Level3{"tls.mode", &Flags::tls_mode, "--tls-mode", "MIGRATE_TLS_MODE",
               "tls: {mode: disabled}", "required", "verify_ca", "disabled", "preferred"},
        Level3{"tls.ca", &Flags::tls_ca, "--tls-ca", "MIGRATE_TLS_CA", "tls: {ca: /y}", "/f", "/v",
               "/y", ""},
        Level3{"tls.cert", &Flags::tls_cert, "--tls-cert", "MIGRATE_TLS_CERT", "tls: {cert: /y}",
               "/f", "/v", "/y", ""},
        Level3{"tls.key", &Flags::tls_key, "--tls-key", "MIGRATE_TLS_KEY", "tls: {key: /y}", "/f",
               "/v", "/y", ""},
        Level3{"connect_timeout", &Flags::connect_timeout, "--connect-timeout",
               "MIGRATE_CONNECT_TIMEOUT", "connect_timeout: 3", "1", "2", "3", "10"},
        Level3{"lock_timeout", &Flags::lock_timeout, "--lock-timeout", "MIGRATE_LOCK_TIMEOUT",
               "lock_timeout: 3", "1", "0", "3", "30"},
        Level3{"server_bin", &Flags::server_bin, "--server-bin", "MIGRATE_SERVER_BIN",
               "server_bin: y", "f", "v", "y", ""}));

TEST_F(SettingsTest, FoldersComeFromFlagThenVariableThenFile) {
  yaml("migrations: y\nddl: y2\nenvironments:\n  e: {host: h}\n");
  EXPECT_EQ(load().migrations_dir, folder.path() / "y");
  EXPECT_EQ(load().ddl_dir, folder.path() / "y2");
  variables["MIGRATE_MIGRATIONS"] = "v";
  variables["MIGRATE_DDL"] = "v2";
  EXPECT_EQ(load().migrations_dir, folder.path() / "v");
  EXPECT_EQ(load().ddl_dir, folder.path() / "v2");
  flags.migrations = "/f";
  flags.ddl = "../f2";
  EXPECT_EQ(load().migrations_dir, "/f");
  EXPECT_EQ(load().ddl_dir, folder.path().parent_path() / "f2");
}

TEST_F(SettingsTest, UserAndSocketHaveEveryLevelToo) {
  yaml("environments:\n  e: {socket: /y, user: y}\n");
  EXPECT_EQ(load().connection.socket, "/y");
  variables["MIGRATE_SOCKET"] = "/v";
  variables["MIGRATE_USER"] = "v";
  EXPECT_EQ(load().connection.socket, "/v");
  EXPECT_EQ(load().connection.user, "v");
  flags.socket = "f";
  flags.user = "f";
  EXPECT_EQ(load().connection.socket, folder.path() / "f");
  EXPECT_EQ(load().connection.user, "f");
}

TEST_F(SettingsTest, AFlagOverridesItsPartOfAUrlBelow) {
  variables["MIGRATE_URL"] = "mysql://u@v:1/s";
  flags.host = "other";
  const Settings settings = load();
  EXPECT_EQ(settings.connection.host, "other");
  EXPECT_EQ(settings.connection.port, 1);
  EXPECT_EQ(settings.connection.user, "u");
  EXPECT_EQ(row(settings, "port").origin, "MIGRATE_URL");
}

TEST_F(SettingsTest, AUrlReplacesTheServerOfEveryLevelBelow) {
  yaml("environments:\n  e: {host: y, port: 3, user: y, schema: y, tls: {mode: required}}\n");
  variables["MIGRATE_USER"] = "v";
  flags.url = "mysql://h";
  const Settings settings = load();
  EXPECT_EQ(settings.connection.host, "h");
  EXPECT_EQ(settings.connection.port, 3306);
  EXPECT_EQ(settings.connection.user, "");
  EXPECT_EQ(settings.connection.schema, "");
  EXPECT_EQ(settings.connection.tls.mode, core::TlsMode::required);
}

TEST_F(SettingsTest, ASocketEndsTheHostBelowAndAHostTheSocket) {
  yaml("environments:\n  e: {host: y, port: 3}\n");
  flags.socket = "/s";
  EXPECT_EQ(load().connection.socket, "/s");
  EXPECT_EQ(load().connection.host, "localhost");
  yaml("environments:\n  e: {socket: /y}\n");
  flags = {};
  flags.host = "h";
  EXPECT_EQ(load().connection.socket, "");
  EXPECT_EQ(load().connection.host, "h");
}

TEST_F(SettingsTest, APortOnLocalhostMeansTcp) {
  flags.url = "mysql://u@localhost:3307/s";
  EXPECT_EQ(load().connection.host, "127.0.0.1");
  flags.url = "mysql://u@localhost/s";
  EXPECT_EQ(load().connection.host, "localhost");
}

TEST_F(SettingsTest, VariablesWithOtherNamesAreIgnored) {
  variables["MIGRATE_HOTS"] = "x";
  EXPECT_EQ(load().target, Target::sandbox);
}

// --- option files
// ---------------------------------------------------------------------------------------------------

TEST_F(SettingsTest, AnOptionFileIsWeakerThanMigrateYaml) {
  const auto file = folder.write("my.cnf", "[client]\nhost=c\nport=4\nuser=c\n[migrate]\nuser=m\n");
  yaml("environments:\n  e: {defaults_file: my.cnf, port: 3}\n");
  const Settings settings = load();
  EXPECT_EQ(settings.target, Target::server);
  EXPECT_EQ(settings.connection.host, "c");
  EXPECT_EQ(settings.connection.port, 3);
  EXPECT_EQ(settings.connection.user, "m");
  EXPECT_EQ(row(settings, "user").origin, file.string() + ":6");
}

TEST_F(SettingsTest, AnOptionFileWithoutAHostMeansThisMachine) {
  folder.write("my.cnf", "[client]\nuser=c\nport=3307\n");
  flags.defaults_file = "my.cnf";
  EXPECT_EQ(load().target, Target::server);
  EXPECT_EQ(load().connection.host, "localhost");
}

// --- passwords
// ------------------------------------------------------------------------------------------------------

TEST_F(SettingsTest, APasswordInTheUrlFlagIsRefused) {
  flags.url = "mysql://u:s3cret@h/s";
  EXPECT_STREQ(fault().what(),
               "--url: a password on the command line can be seen by every user of this machine");
  EXPECT_EQ(fault().code(), core::ExitCode::usage);
  EXPECT_EQ(
      fault().hint(),
      "leave it out of the URL and use MIGRATE_PASSWORD, --password-file or --ask-password, or put "
      "the whole URL in MIGRATE_URL");
}

TEST_F(SettingsTest, PasswordSourcesHavePrecedenceToo) {
  yaml("environments:\n  e: {host: h, password: s3cret}\n");
  EXPECT_EQ(row(load(), "password"), (SettingRow{"password", "********", "migrate.yaml:2"}));
  variables["MIGRATE_PASSWORD"] = "s3cret";
  EXPECT_EQ(row(load(), "password"),
            (SettingRow{"password", "from variable MIGRATE_PASSWORD", "MIGRATE_PASSWORD"}));
  variables["MIGRATE_URL"] = "mysql://u:s3cret@h/s";
  EXPECT_EQ(row(load(), "password"), (SettingRow{"password", "********", "MIGRATE_URL"}));
  variables["MIGRATE_PASSWORD_FILE"] = "/v";
  EXPECT_EQ(row(load(), "password"),
            (SettingRow{"password", "from file /v", "MIGRATE_PASSWORD_FILE"}));
  flags.password_file = "/f";
  EXPECT_EQ(row(load(), "password"),
            (SettingRow{"password", "from file /f", "flag --password-file"}));
  flags.password_file.reset();
  flags.ask_password = true;
  EXPECT_EQ(row(load(), "password"),
            (SettingRow{"password", "asked on the terminal", "flag --ask-password"}));
}

TEST_F(SettingsTest, TheVariableOfThePasswordCanBeRenamed) {
  yaml("environments:\n  e: {host: h, password_env: PW}\n");
  variables["MIGRATE_PASSWORD"] = "other";
  EXPECT_EQ(row(load(), "password"),
            (SettingRow{"password", "from variable PW", "migrate.yaml:2"}));
}

TEST_F(SettingsTest, AUrlForAnotherServerNeverGetsThePasswordOfTheFile) {
  yaml("environments:\n  e: {host: h, password: s3cret}\n");
  flags.url = "mysql://u@elsewhere/s";
  EXPECT_EQ(row(load(), "password"), (SettingRow{"password", "(none)", "default"}));
  variables["MIGRATE_URL"] = "mysql://u:s3cret@v/s";
  EXPECT_EQ(row(load(), "password").value, "(none)");
  variables["MIGRATE_PASSWORD"] = "for-this-run";
  EXPECT_EQ(row(load(), "password").value, "from variable MIGRATE_PASSWORD");
}

TEST_F(SettingsTest, AUrlCanTakeItsPasswordFromTheOptionFileBesideIt) {
  folder.write("my.cnf", "[client]\npassword=s3cret\n");
  yaml("environments:\n  e: {url: 'mysql://u@h/s', defaults_file: my.cnf}\n");
  EXPECT_EQ(std::get<PasswordText>(load().password.value).text, "s3cret");
  flags.url = "mysql://u@elsewhere/s";
  EXPECT_TRUE(std::holds_alternative<NoPassword>(load().password.value));
}

TEST_F(SettingsTest, NothingIsAskedOrRunBeforeThePasswordIsNeeded) {
  yaml("environments:\n  e: {host: h, password_command: 'touch ran; echo s3cret'}\n");
  EXPECT_EQ(row(load(), "password").value, "from a command");
  EXPECT_FALSE(std::filesystem::exists("ran"));
  flags.password_file = "/nowhere";
  EXPECT_EQ(row(load(), "password").value, "from file /nowhere");
}

TEST_F(SettingsTest, WarnsOfFilesWithPasswordsThatOthersCanRead) {
  yaml("environments:\n  e: {host: h, password: s3cret}\n", 0644);
  const Settings settings = load();
  ASSERT_EQ(settings.warnings.size(), 2U);
  const std::string file = (folder.path() / "migrate.yaml").string();
  EXPECT_EQ(
      settings.warnings[1],
      file + " holds a password and can be read by other users (mode 0644): chmod 600 " + file);
  yaml("environments:\n  e: {host: h, password: s3cret}\n", 0600);
  EXPECT_EQ(load().warnings.size(), 1U);
  yaml("environments:\n  e: {host: h}\n", 0644);
  EXPECT_TRUE(load().warnings.empty());
  const std::string password_file = folder.write("pw", "s3cret", 0640).string();
  flags.password_file = password_file;
  ASSERT_EQ(load().warnings.size(), 1U);
  EXPECT_EQ(load().warnings[0],
            password_file +
                " is a password file and can be read by other users (mode 0640): "
                "chmod 600 " +
                password_file);
  flags = {};
  flags.defaults_file = folder.write("my.cnf", "[client]\npassword=s3cret\n", 0604).string();
  EXPECT_EQ(load().warnings.size(), 1U);
}

TEST_F(SettingsTest, NoRowAndNoWarningHoldsAPassword) {
  folder.write("my.cnf", "[client]\npassword=s3cret\n", 0644);
  variables["MIGRATE_PASSWORD"] = "";
  for (const std::string source : {"password: s3cret", "url: 'mysql://u:s3cret@h/s'",
                                   "password_command: echo s3cret", "defaults_file: my.cnf"}) {
    yaml("environments:\n  e: {host: h, " + source + "}\n", 0644);
    const Settings settings = load();
    EXPECT_FALSE(std::holds_alternative<NoPassword>(settings.password.value)) << source;
    EXPECT_EQ(settings.connection.password, "");
    std::string everything;
    for (const SettingRow& r : settings.rows) everything += r.name + r.value + r.origin + "\n";
    for (const std::string& warning : settings.warnings) everything += warning + "\n";
    EXPECT_EQ(everything.find("s3cret"), std::string::npos) << everything;
  }
}

// --- bad values
// -----------------------------------------------------------------------------------------------------

TEST_F(SettingsTest, ABadFlagIsAUsageErrorThatNamesIt) {
  flags.port = "x";
  EXPECT_STREQ(fault().what(),
               "--port: 'x' is not a valid port; expected a number from 1 to 65535");
  EXPECT_EQ(fault().code(), core::ExitCode::usage);
  flags = {};
  flags.host = "";
  EXPECT_STREQ(fault().what(),
               "--host: '' is not a valid host; expected a value that is not empty");
  flags = {};
  flags.ask_password = true;
  flags.password_file = "f";
  EXPECT_STREQ(fault().what(),
               "--ask-password: --password-file is given too; expected one of them");
  flags = {};
  flags.socket = "/s";
  flags.host = "h";
  EXPECT_STREQ(fault().what(),
               "--socket: a socket is on this machine, but --host names the host 'h'");
}

TEST_F(SettingsTest, ABadVariableIsAConfigurationErrorThatNamesIt) {
  variables["MIGRATE_TLS_MODE"] = "on";
  EXPECT_STREQ(
      fault().what(),
      "MIGRATE_TLS_MODE: 'on' is not a valid tls.mode; expected one of disabled, preferred, "
      "required, verify_ca, verify_identity");
  EXPECT_EQ(fault().code(), core::ExitCode::configuration);
  variables = {{"MIGRATE_ASK_PASSWORD", "s3cret"}};
  EXPECT_STREQ(fault().what(), "MIGRATE_ASK_PASSWORD: expected true or false");
  variables = {{"MIGRATE_URL", "mysql://u:s3cret@h:x/s"}};
  EXPECT_STREQ(fault().what(), "MIGRATE_URL: the URL's port is not a number from 1 to 65535");
}

// --- backups

TEST_F(SettingsTest, OfBackupsAreThoseOfTheEnvironment) {
  yaml(
      "environments:\n"
      "  a: {sandbox: true, backup: {folder: ../safe, max_age: 90m, dump_tool: bin/mysqldump, "
      "snapshot_command: lvcreate --token secret}}\n"
      "  b: {sandbox: true}\n"
      "default_env: a\n");
  const Settings settings = load();
  EXPECT_EQ(settings.backup.folder.value, folder.path().parent_path() / "safe");
  EXPECT_EQ(settings.backup.max_age.value, std::chrono::minutes(90));
  EXPECT_EQ(settings.backup.dump_tool.value, (folder.path() / "bin/mysqldump").string());
  EXPECT_EQ(row(settings, "backup.max_age"),
            (SettingRow{"backup.max_age", "90 min", "migrate.yaml:2"}));
  EXPECT_EQ(row(settings, "backup.snapshot_command").value, "(a command)");
  variables["MIGRATE_ENV"] = "b";
  EXPECT_EQ(load().backup.folder.value, folder.path() / "backups");
  EXPECT_EQ(load().backup.max_age.value, std::chrono::hours(24));
}

}  // namespace
}  // namespace migrate::config
