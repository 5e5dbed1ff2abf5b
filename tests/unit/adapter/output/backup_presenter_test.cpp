
#include <gtest/gtest.h>

#include "unit/adapter/output/golden.h"
#include "unit/adapter/output/shown.h"

namespace migrate::output {
namespace {

constexpr Style in_a_file{};
constexpr Style on_a_terminal{Colour::on, Medium::terminal, 100, Verbosity::normal};

core::backup::Manifest manifest() {
  core::backup::Manifest manifest;
  manifest.file = "shop-20261128T003034Z.sql.gz";
  manifest.bytes = 12'345'678;
  manifest.sha256 = "4c3472adbaccb0e9da9601a1f38343960040917493a1c55208f6358e20e2f3fe";
  manifest.dump_bytes = 98'765'432;
  manifest.at = "2026-11-28T00:30:34Z";
  manifest.by = "dba@ops1";
  manifest.tool_version = "0.1.0";
  manifest.environment = "production";
  manifest.server = {.family = core::ServerFamily::mysql,
                     .version = "9.7.4",
                     .id = "a515524d-eabe-11f1-883c-02fc00000001",
                     .schema = "shop",
                     .charset = "utf8mb4",
                     .collation = "utf8mb4_unicode_520_ci"};
  manifest.dump_tool = "mysqldump 9.7.4";
  manifest.log = {.file = "binlog.000007", .position = 814, .gtid = "65709f1c-eabf:1-3"};
  manifest.tables = {{.name = "orders", .columns = {"id"}, .rows = 1'234'567, .digest = "ab"},
                     {.name = "teas", .columns = {}, .rows = 0, .digest = "00"}};
  manifest.objects = {{"table orders", "1"}, {"table teas", "2"}, {"trigger t", "3"}};
  manifest.snapshot = {.exit_code = 0, .last_lines = {"Logical volume \"shop\" created."}};
  return manifest;
}

core::backup::Manifest verified() {
  core::backup::Manifest made = manifest();
  made.verified = {.at = "2026-11-28T00:41:00Z", .by = "dba@ops1", .server = "MySQL 9.7.4"};
  return made;
}

const std::string path = "backups/shop-20261128T003034Z.sql.gz";

const auto show_made = [](port::Presenter& to) { to.backup(path, manifest()); };
const auto show_without_log = [](port::Presenter& to) {
  core::backup::Manifest made = manifest();
  made.log.reset();
  made.snapshot.reset();
  made.why_no_log = "the binary log is off";
  to.backup(path, made);
};
const auto show_verified = [](port::Presenter& to) {
  to.backup_verification({.manifest = verified(),
                          .path = path,
                          .server = "MySQL 9.7.4",
                          .differences = {},
                          .warnings = {"it was made of MySQL 9.6.0, and restored into MySQL "
                                       "9.7.4"}});
};
const auto show_not_verified = [](port::Presenter& to) {
  to.backup_verification({.manifest = manifest(),
                          .path = path,
                          .server = "MySQL 9.7.4",
                          .differences = {"trigger t: is not there",
                                          "table orders: 1234566 rows, expected 1234567 rows"},
                          .warnings = {}});
};
const auto show_list = [](port::Presenter& to) {
  to.backups(
      {{.path = path, .manifest = verified(), .problem = {}},
       {.path = "backups/shop-20261127T003034Z.sql.gz", .manifest = manifest(), .problem = {}},
       {.path = "backups/old.sql.gz",
        .manifest = {},
        .problem = "backups/old.sql.gz.json: no manifest"}},
      "backups");
};
const auto show_no_list = [](port::Presenter& to) { to.backups({}, "backups"); };

TEST(BackupPresenter, ShowsWhatWasMade) {
  expect_golden("backup.txt", table(in_a_file, show_made));
  expect_golden("backup.without_log.txt", table(in_a_file, show_without_log));
  expect_golden("backup.json", json(show_made));
}

TEST(BackupPresenter, ShowsAVerification) {
  expect_golden("backup_verification.passed.txt", table(in_a_file, show_verified));
  expect_golden("backup_verification.txt", table(in_a_file, show_not_verified));
  expect_golden("backup_verification.colour.txt", table(on_a_terminal, show_not_verified));
  expect_golden("backup_verification.json", json(show_not_verified));
}

TEST(BackupPresenter, ShowsWhichThereAre) {
  expect_golden("backup_list.txt", table(in_a_file, show_list));
  expect_golden("backup_list.none.txt", table(in_a_file, show_no_list));
  expect_golden("backup_list.json", json(show_list));
}

}  // namespace
}  // namespace migrate::output
