#include "app/rehearsal/attestations.h"

#include <gtest/gtest.h>

#include "support/fake_server.h"

namespace migrate::testing {
namespace {

core::rehearsal::Attestation attested(const std::string& up, const std::string& version) {
  return {.id = {core::StepKind::versioned, "1"},
          .name = "a",
          .up = {.hex = up},
          .family = core::ServerFamily::mariadb,
          .version = version,
          .proven = {"up"}};
}

core::Step step(const std::string& up) {
  return {.id = {core::StepKind::versioned, "1"}, .name = "a", .up = {.checksum = {.hex = up}}};
}

class Attestations : public ::testing::Test {
 protected:
  std::optional<core::rehearsal::Attestation> find(
      const core::Step& wanted, const std::string& version,
      core::ServerFamily family = core::ServerFamily::mariadb) {
    return app::find_attestations(session_->history(), {wanted}, family, version).at(0);
  }

  FakeServer server_;
  std::unique_ptr<port::Session> session_ = server_.connect();
};

TEST_F(Attestations, AreFoundByTheFilesAndTheServer) {
  app::record_attestations(*session_, {attested("ab", "10.11.6-MariaDB")});
  EXPECT_TRUE(find(step("ab"), "10.11.19-MariaDB"));
  EXPECT_FALSE(find(step("changed"), "10.11.19-MariaDB"));
  EXPECT_FALSE(find(step("ab"), "11.4.1-MariaDB"));
  EXPECT_FALSE(find(step("ab"), "10.11.6", core::ServerFamily::mysql));
  core::Step other = step("ab");
  other.id.key = "2";
  EXPECT_FALSE(find(other, "10.11.6-MariaDB"));
}

// Whoever adds a down file later has not rehearsed it.
TEST_F(Attestations, CountForTheDownFileToo) {
  app::record_attestations(*session_, {attested("ab", "10.11.6-MariaDB")});
  core::Step with_down = step("ab");
  with_down.down = core::ScriptFile{.path = "d", .checksum = {.hex = "cd"}};
  EXPECT_FALSE(find(with_down, "10.11.6-MariaDB"));
}

TEST_F(Attestations, TheNewestCounts) {
  auto first = attested("ab", "10.11.6-MariaDB");
  auto second = first;
  second.proven = {"up", "down"};
  app::record_attestations(*session_, {first});
  app::record_attestations(*session_, {second});
  EXPECT_EQ(find(step("ab"), "10.11.6-MariaDB")->proven.size(), 2U);
}

TEST_F(Attestations, OfSeveralStepsAreInTheirOrder) {
  auto second = attested("cd", "10.11.6-MariaDB");
  second.id.key = "2";
  app::record_attestations(*session_, {attested("ab", "10.11.6-MariaDB"), second});
  core::Step two = step("cd");
  two.id.key = "2";
  core::Step three = step("ab");
  three.id.key = "3";
  const auto found = app::find_attestations(session_->history(), {three, two, step("ab")},
                                            core::ServerFamily::mariadb, "10.11.6-MariaDB");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_FALSE(found[0]);
  EXPECT_EQ(found[1]->up.hex, "cd");
  EXPECT_EQ(found[2]->up.hex, "ab");
}

TEST_F(Attestations, OfNothingNothingIsWritten) {
  app::record_attestations(*session_, {});
  EXPECT_TRUE(server_.log().empty());
}

}  // namespace
}  // namespace migrate::testing
