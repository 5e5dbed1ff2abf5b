#include <gmock/gmock.h>

#include "adapter/config/yaml_file.h"
#include "fixture.h"

namespace migrate::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

OnlineSection online(const std::string& lines) {
  const PathBase paths{"/project", "/home/me"};
  return parse_yaml("environments:\n  a:\n    host: db\n" + lines, "migrate.yaml", paths)
      .environments.at(0)
      .online;
}
std::string wrong(const std::string& lines) {
  return fault_of([&] { online(lines); }).what();
}

TEST(OnlineOfYaml, IsACommandWithPlaceholdersAndWhatIsLarge) {
  const OnlineSection section = online(
      "    online_command: [tool, \"{alter}\", \"t={table}\"]\n"
      "    online_above: {rows: 7, bytes: 1G}\n");
  EXPECT_EQ(section.use, OnlineSection::Use::tool);
  EXPECT_THAT(section.command.value, ElementsAre("tool", "{alter}", "t={table}"));
  EXPECT_EQ(section.above->value.rows, 7U);
  EXPECT_EQ(section.above->value.bytes, std::uint64_t{1} << 30U);
  EXPECT_EQ(online("    online_command: off\n").use, OnlineSection::Use::off);
  EXPECT_EQ(online("").use, OnlineSection::Use::unset);
}

TEST(OnlineOfYaml, ThatIsWrongIsToldWithItsPlace) {
  EXPECT_THAT(wrong("    online_command: [tool, \"{alter}\"]\n"),
              HasSubstr("migrate.yaml:4:21: 'online_command': it has no {table}"));
  EXPECT_THAT(wrong("    online_command: [tool, \"{alter}\", \"{tabel}\"]\n"),
              HasSubstr("there is no {tabel}; expected {alter}, {table}"));
  EXPECT_THAT(wrong("    online_command: tool {alter}\n"), HasSubstr("is a list of words"));
  EXPECT_THAT(wrong("    online_above: {rows: 7}\n"),
              HasSubstr("'online_above' without 'online_command'"));
}

}  // namespace
}  // namespace migrate::config
