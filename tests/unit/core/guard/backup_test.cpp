#include "core/guard/backup.h"

#include <gtest/gtest.h>

namespace migrate::core::guard {
namespace {

using Outcome = Verdict::Outcome;

const backup::ServerIdentity server{.version = "9.7.4",
                                    .id = "a515524d",
                                    .schema = "shop",
                                    .charset = "utf8mb4",
                                    .collation = "utf8mb4_bin"};

backup::Found made(const std::string& at, const std::string& verified_at = {}) {
  backup::Manifest manifest;
  manifest.file = "shop-" + at + ".sql.gz";
  manifest.at = at;
  manifest.server = server;
  if (!verified_at.empty()) manifest.verified = backup::Verified{.at = verified_at};
  const std::string path = "backups/" + manifest.file;
  return {.path = path, .manifest = std::move(manifest), .problem = {}};
}

Verdict asked(const std::vector<backup::Found>& found) {
  return backup_verdict(found, {.folder = "backups"}, server, "2026-11-28T12:00:00Z");
}

TEST(BackupGuard, LetsPassWithAVerifiedYoungOne) {
  EXPECT_EQ(asked({made("2026-11-28T11:00:00Z", "2026-11-28T11:05:00Z")}).outcome, Outcome::passed);
  EXPECT_EQ(
      asked({made("2026-11-28T11:00:00Z"), made("2026-11-27T12:00:00Z", "2026-11-27T13:05:00Z")})
          .outcome,
      Outcome::passed);
}

TEST(BackupGuard, CountsTheAgeFromTheDumpAndNotFromItsVerification) {
  const Verdict verdict = asked({made("2026-11-27T11:59:59Z", "2026-11-28T11:59:00Z")});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw,
            "the newest verified backup of shop, backups/shop-2026-11-27T11:59:59Z.sql.gz, is 24 h "
            "old, and may be 24 h");
  EXPECT_EQ(verdict.way_out, "make one: migrate backup --verify");
}

TEST(BackupGuard, WantsOneVerifiedThatWasNot) {
  const Verdict verdict = asked({made("2026-11-28T11:00:00Z")});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw,
            "no verified backup of shop on this server in backups: the newest, "
            "shop-2026-11-28T11:00:00Z.sql.gz, was not verified");
  EXPECT_EQ(verdict.way_out,
            "restore it, to see that it can be: migrate backup verify "
            "backups/shop-2026-11-28T11:00:00Z.sql.gz");
}

TEST(BackupGuard, WantsANewOneWhereTheUnverifiedOneIsTooOldToo) {
  EXPECT_EQ(asked({made("2026-11-20T11:00:00Z")}).way_out, "make one: migrate backup --verify");
}

TEST(BackupGuard, TakesNoneOfAnotherServerOrSchema) {
  backup::Found other = made("2026-11-28T11:00:00Z", "2026-11-28T11:05:00Z");
  other.manifest->server.id = "b6266350";
  EXPECT_EQ(asked({other}).outcome, Outcome::refused);
  EXPECT_NE(asked({other}).saw.find("is of another server (b6266350)"), std::string::npos);
  other.manifest->server.id = server.id;
  other.manifest->server.schema = "shop_staging";
  EXPECT_NE(asked({other}).saw.find("is of the schema shop_staging"), std::string::npos);
}

TEST(BackupGuard, TakesNoneThatIsNotWhole) {
  backup::Found broken = made("2026-11-28T11:00:00Z", "2026-11-28T11:05:00Z");
  broken.manifest.reset();
  broken.problem = "was changed after it was written";
  EXPECT_NE(asked({broken}).saw.find("was changed after it was written"), std::string::npos);
  EXPECT_NE(asked({}).saw.find("it is empty"), std::string::npos);
}

TEST(BackupGuard, TellsAnAgeInAUnitThatSaysSomething) {
  using namespace std::chrono_literals;
  EXPECT_EQ(age_text(59s), "59 s");
  EXPECT_EQ(age_text(90min), "90 min");
  EXPECT_EQ(age_text(24h), "24 h");
  EXPECT_EQ(age_text(24h * 7), "7 days");
}

}  // namespace
}  // namespace migrate::core::guard
