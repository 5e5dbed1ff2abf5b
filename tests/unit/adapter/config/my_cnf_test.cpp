#include "adapter/config/my_cnf.h"

#include <array>

#include "adapter/config/option_layer.h"
#include "fixture.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 2> groups{"client", "migrate"};

std::string value_of(const Layer& layer, Setting setting) {
  const auto* const found = layer.find(setting);
  return found == nullptr ? "(not set)" : found->value;
}

Layer layer_of(const std::string& text) {
  return option_layer(parse_option_text(text, "my.cnf"), groups, Level::config_file);
}

/// The value that `line` gives the user in [client].
std::string user_of(const std::string& line) {
  return value_of(layer_of("[client]\n" + line + "\n"), Setting::user);
}

TEST(MyCnf, GivesTheConnectionFromClientAndMigrate) {
  const Layer layer = layer_of(
      "# a comment\n"
      "; another\n"
      "\n"
      "[client]\n"
      "host = db\n"
      "  port=3307\n"
      "user\t=\tapp\n"
      "database=shop\r\n"
      "ssl_mode = VERIFY_IDENTITY\n"
      "ssl-ca=/ca.pem\n"
      "ssl_cert=/cert.pem\n"
      "ssl-key=/key.pem\n"
      "connect_timeout=5\n"
      "[mysqld]\n"
      "user=mysql\n"
      "[ migrate ]\n"
      "user=migrator");
  EXPECT_EQ(value_of(layer, Setting::host), "db");
  EXPECT_EQ(value_of(layer, Setting::port), "3307");
  EXPECT_EQ(value_of(layer, Setting::user), "migrator");
  EXPECT_EQ(value_of(layer, Setting::schema), "shop");
  EXPECT_EQ(value_of(layer, Setting::tls_mode), "verify_identity");
  EXPECT_EQ(value_of(layer, Setting::tls_ca), "/ca.pem");
  EXPECT_EQ(value_of(layer, Setting::tls_cert), "/cert.pem");
  EXPECT_EQ(value_of(layer, Setting::tls_key), "/key.pem");
  EXPECT_EQ(value_of(layer, Setting::connect_timeout), "5");
  EXPECT_EQ(layer.find(Setting::user)->origin.place(), "my.cnf:17:1");
}

TEST(MyCnf, UndoesQuotesAndEscapes) {
  EXPECT_EQ(user_of(R"(user="a b")"), "a b");
  EXPECT_EQ(user_of(R"(user='it"s')"), "it\"s");
  EXPECT_EQ(user_of(R"(user="a#b" # comment)"), "a#b");
  EXPECT_EQ(user_of(R"(user=a#b)"), "a");
  EXPECT_EQ(user_of(R"(user="a\"#b")"), "a\"#b");
  EXPECT_EQ(user_of(R"(user=a\sb\tc\nd\re\bf\\g)"), "a b\tc\nd\re\bf\\g");
  EXPECT_EQ(user_of(R"(user=a\xb\)"), "a\\xb\\");
  EXPECT_EQ(user_of(R"(user="half)"), "\"half");
  EXPECT_EQ(user_of(R"(loose-user=l)"), "l");
}

TEST(MyCnf, IgnoresWhatOtherProgramsNeed) {
  EXPECT_EQ(
      user_of("no-auto-rehash\nprompt=x\nuser=u\n!unknown thing\ndefault-character-set=utf8mb4"),
      "u");
}

TEST(MyCnf, TakesASocketOnlyForThisMachine) {
  EXPECT_EQ(value_of(layer_of("[client]\nsocket=/s\nhost=localhost"), Setting::socket), "/s");
  EXPECT_EQ(value_of(layer_of("[client]\nsocket=/s"), Setting::socket), "/s");
  EXPECT_EQ(value_of(layer_of("[client]\nsocket=/s\nhost=db"), Setting::socket), "(not set)");
  EXPECT_EQ(value_of(layer_of("[client]\nport=0"), Setting::port), "(not set)");
}

TEST(MyCnf, AsksForAPasswordThatStandsAlone) {
  EXPECT_TRUE(std::holds_alternative<PasswordPrompt>(
      layer_of("[client]\npassword").password()->source.value));
  EXPECT_TRUE(
      std::holds_alternative<NoPassword>(layer_of("[client]\npassword=").password()->source.value));
  EXPECT_EQ(
      std::get<PasswordText>(layer_of("[client]\npassword = \"s3#cret\"").password()->source.value)
          .text,
      "s3#cret");
}

TEST(MyCnf, ReadsWhatItIncludes) {
  TestFolder folder;
  folder.write("conf.d/b.cnf", "[client]\nuser=b\n");
  folder.write("conf.d/a.cnf", "[client]\nuser=a\nhost=a\n");
  folder.write("conf.d/c.txt", "[client]\nuser=c\n");
  folder.write("one.cnf", "[migrate]\nport=3307\n");
  const auto main = folder.write(
      "my.cnf", "[mysqld]\n!includedir " + (folder.path() / "conf.d").string() + "\n!include " +
                    (folder.path() / "one.cnf").string() + "\nuser=mysql\n");
  const OptionFile file = read_my_cnf(main, {Level::flag, "--defaults-file", 0, 0});
  const Layer layer = option_layer(file, groups, Level::flag);
  EXPECT_EQ(value_of(layer, Setting::user), "b");
  EXPECT_EQ(value_of(layer, Setting::host), "a");
  EXPECT_EQ(value_of(layer, Setting::port), "3307");
  EXPECT_EQ(layer.find(Setting::port)->origin.shown(), (folder.path() / "one.cnf").string() + ":2");
}

TEST(MyCnf, SurvivesAFileThatIncludesItself) {
  TestFolder folder;
  const auto main =
      folder.write("my.cnf", "[client]\nuser=u\n!include " + (folder.path() / "my.cnf").string());
  const OptionFile file = read_my_cnf(main, {Level::flag, "--defaults-file", 0, 0});
  EXPECT_EQ(value_of(option_layer(file, groups, Level::flag), Setting::user), "u");
}

TEST(MyCnf, SaysWhereItIsWrong) {
  const auto message = [](const std::string& text) {
    return std::string(fault_of([&] { layer_of(text); }).what());
  };
  EXPECT_EQ(message("user=u"),
            "my.cnf:1:1: an option before the first group; expected [client] or another group");
  EXPECT_EQ(message("\n  [client\nuser=u"), "my.cnf:2:3: a group without its ']'");
  EXPECT_EQ(message("[client]\n  port = 33o6"),
            "my.cnf:2:3: '33o6' is not a valid port; expected a number from 1 to 65535");
  EXPECT_EQ(message("[client]\nhost"), "my.cnf:2:1: 'host' needs a value");
  EXPECT_EQ(
      message("[client]\nssl-mode=on"),
      "my.cnf:2:1: 'on' is not a valid tls.mode; expected one of disabled, preferred, required, "
      "verify_ca, verify_identity");
}

TEST(MyCnf, SaysWhoNamesAFileThatCannotBeRead) {
  const core::Fault missing = fault_of([] {
    read_my_cnf("/nowhere/my.cnf", {Level::flag, "--defaults-file", 0, 0});
  });
  EXPECT_STREQ(missing.what(),
               "--defaults-file: cannot read /nowhere/my.cnf: No such file or directory");
  TestFolder folder;
  const auto main = folder.write("my.cnf", "[client]\n!include /nowhere/x.cnf\n");
  EXPECT_EQ(std::string(fault_of([&] { read_my_cnf(main, {}); }).what()),
            main.string() + ":2:1: cannot read /nowhere/x.cnf: No such file or directory");
  folder.write("my.cnf", "[client]\n!includedir /nowhere/d\n");
  EXPECT_EQ(std::string(fault_of([&] { read_my_cnf(main, {}); }).what()),
            main.string() + ":2:1: cannot read /nowhere/d: No such file or directory");
}

}  // namespace
}  // namespace migrate::config
