#include "core/backup/manifest.h"

#include <gtest/gtest.h>

namespace migrate::core::backup {
namespace {

using Lines = std::vector<std::string>;

TEST(BackupManifest, ObjectsAreComparedByNameAndFingerprint) {
  const std::vector<ObjectPrint> expected{{"table teas", "1"}, {"view v", "2"}, {"event e", "3"}};
  EXPECT_EQ(object_differences(expected, expected), Lines{});
  EXPECT_EQ(object_differences(expected, {{"table teas", "9"}, {"event e", "3"}, {"table b", "1"}}),
            (Lines{"table teas: has another definition", "view v: is not there",
                   "table b: is there, and not expected"}));
}

TEST(BackupManifest, RowsAreComparedByNumberAndValues) {
  const std::vector<TableContent> expected{
      {.name = "teas", .columns = {"id"}, .rows = 3, .digest = "aa"},
      {.name = "cups", .columns = {}, .rows = 0, .digest = "00"},
      {.name = "pots", .columns = {"id"}, .rows = 1, .digest = "bb"}};
  EXPECT_EQ(content_differences(expected, expected), Lines{});
  EXPECT_EQ(
      content_differences(expected, {{.name = "teas", .columns = {"id"}, .rows = 2, .digest = "aa"},
                                     {.name = "cups", .columns = {}, .rows = 1, .digest = "11"}}),
      (Lines{"table teas: 2 rows, expected 3 rows", "table cups: 1 row, expected 0 rows",
             "table pots: is not there"}));
  EXPECT_EQ(content_differences({expected[2]},
                                {{.name = "pots", .columns = {"id"}, .rows = 1, .digest = "cc"}}),
            (Lines{"table pots: 1 row, with other values"}));
}

TEST(BackupManifest, AnEventThatStartsWhenItWasMadeIsTheSameWhenItIsRestored) {
  const auto prints = [](const std::string& starts) {
    schema::Schema schema;
    schema.events.push_back(
        {.name = "e",
         .definition = "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY " + starts + "DO SELECT 1"});
    return object_prints(schema);
  };
  EXPECT_EQ(prints(""), prints("STARTS '2026-11-28 00:00:00' "));
}

TEST(BackupManifest, TimesAreReadAsUtc) {
  EXPECT_EQ(seconds_of("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(seconds_of("2026-11-28T00:00:00Z"), 1795824000);
  for (const char* no_time : {"", "2026-11-28", "2026-11-28 00:00:00Z", "2026-13-28T00:00:00Z",
                              "2026-02-30T00:00:00Z", "2026-1a-28T00:00:00Z"})
    EXPECT_FALSE(seconds_of(no_time)) << no_time;
}

TEST(BackupManifest, SizesHaveAUnit) {
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(1023), "1023 bytes");
  EXPECT_EQ(size_text(1536), "1.5 KiB");
  EXPECT_EQ(size_text(std::uint64_t{5} << 40U), "5.0 TiB");
}

}  // namespace
}  // namespace migrate::core::backup
