#include <gmock/gmock.h>

#include "adapter/config/settings.h"
#include "adapter/config/yaml_file.h"
#include "fixture.h"

namespace migrate::config {
namespace {

using core::hook::Moment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

const PathBase paths{"/project", "/home/me"};

HookSection hooks(const std::string& text) {
  return parse_yaml("hooks:\n" + text, "migrate.yaml", paths).hooks;
}
std::string shown(const std::string& command) {
  return hooks("  before_run: " + command + "\n").commands.at(Moment::before_run).value.shown;
}
std::string wrong(const std::string& text) {
  return fault_of([&] { hooks(text); }).what();
}

TEST(HooksOfYaml, AreWordsOrALineForTheShell) {
  const HookSection section = hooks(
      "  before_run: [./drain, --all]\n"
      "  after_step: echo $MIGRATE_STEP\n"
      "  timeout: 2m\n");
  const auto& drain = section.commands.at(Moment::before_run).value;
  EXPECT_THAT(drain.argv, ElementsAre("./drain", "--all"));
  EXPECT_EQ(drain.origin, "migrate.yaml:2");
  EXPECT_THAT(section.commands.at(Moment::after_step).value.argv,
              ElementsAre("/bin/sh", "-c", "echo $MIGRATE_STEP"));
  EXPECT_EQ(section.time_limit->value, std::chrono::seconds(120));
}

TEST(HooksOfYaml, AreShownWithoutWhatMayBeASecret) {
  EXPECT_EQ(shown("[./drain, --all]"), "./drain …");
  EXPECT_EQ(shown("./drain"), "./drain");
  EXPECT_EQ(shown("curl https://hooks.example/T0K3N"), "curl …");
  EXPECT_EQ(shown("TOKEN=x OTHER=y curl z"), "curl …");
  EXPECT_EQ(shown("TOKEN=x"), " …");
}

TEST(HooksOfYaml, ThatAreWrongAreToldWithTheirPlace) {
  EXPECT_THAT(wrong("  before_runs: x\n"), HasSubstr("migrate.yaml:2:3: "));
  EXPECT_THAT(wrong("  before_runs: x\n"), HasSubstr("did you mean 'before_run'?"));
  EXPECT_THAT(wrong("  before_run: []\n"), HasSubstr("'before_run' is a command without a word"));
  EXPECT_THAT(wrong("  before_run: {a: b}\n"), HasSubstr("migrate.yaml:2:15: "));
  EXPECT_THAT(wrong("  before_run:\n"), HasSubstr("'before_run' has no value"));
  EXPECT_THAT(wrong("  timeout: soon\n"), HasSubstr("'soon' is no duration"));
}

class HooksOfSettings : public ::testing::Test {
 protected:
  Settings load(const std::string& env) {
    folder_.write("migrate.yaml",
                  "hooks: {before_run: ./all, after_run: ./done, timeout: 10s}\n"
                  "environments:\n"
                  "  a: {host: a, schema: s, password_env: A_PASSWORD,\n"
                  "      hooks: {before_run: ./own, after_run: off}}\n"
                  "  b: {host: b, schema: s, password_env: B_PASSWORD, hooks: {timeout: 1h}}\n");
    return load_settings({.env = env, .env_flag = "--env"}, environment_of({{"HOME", "/home/me"}}),
                         folder_.path());
  }

  TestFolder folder_;
};

TEST_F(HooksOfSettings, OfAnEnvironmentTakeThePlaceOfTheProjects) {
  const HookSection own = load("a").hooks;
  ASSERT_EQ(own.commands.size(), 1U);
  EXPECT_EQ(own.commands.at(Moment::before_run).value.shown, "./own");
  EXPECT_EQ(own.time_limit->value, std::chrono::seconds(10));
  const HookSection projects = load("b").hooks;
  EXPECT_EQ(projects.commands.at(Moment::before_run).value.shown, "./all");
  EXPECT_EQ(projects.commands.at(Moment::after_run).value.shown, "./done");
  EXPECT_EQ(projects.time_limit->value, std::chrono::hours(1));
}

TEST_F(HooksOfSettings, AreSparedThePasswordsOfAllEnvironments) {
  EXPECT_THAT(load("a").secret_variables,
              UnorderedElementsAre("MIGRATE_PASSWORD", "MIGRATE_URL", "MYSQL_PWD", "A_PASSWORD",
                                   "B_PASSWORD"));
}

}  // namespace
}  // namespace migrate::config
