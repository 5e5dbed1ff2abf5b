#include "core/rehearsal/verification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal/attestation.h"
#include "core/rehearsal/nearest_server.h"
#include "core/rehearsal/server_traits.h"

namespace migrate::core::rehearsal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

StepVerification passed() {
  StepVerification step{.step = {.id = {StepKind::versioned, "1"}, .name = "a"}};
  step.step.up.checksum.hex = "ab";
  step.proofs = {{Proof::up, ProofState::proven},
                 {Proof::down, ProofState::proven},
                 {Proof::stepwise, ProofState::not_applicable}};
  return step;
}

TEST(Verification, EndsWithWhatIsWorst) {
  Verification verification{.steps = {passed(), passed()}};
  EXPECT_EQ(verification.code(), ExitCode::done);
  EXPECT_EQ(verification.passed(), 2U);
  verification.steps[0].findings.push_back({.proof = Proof::down});
  EXPECT_EQ(verification.code(), ExitCode::drift);
  EXPECT_EQ(verification.passed(), 1U);
  verification.steps[1].findings.push_back({.proof = Proof::up, .error = ServerError{.code = 1}});
  EXPECT_EQ(verification.code(), ExitCode::statement_failed);
  verification.stopped = ExitCode::interrupted;
  EXPECT_EQ(verification.code(), ExitCode::interrupted);
}

TEST(Verification, WhatWasNotTriedHasNotPassed) {
  EXPECT_EQ((Verification{.steps = {{}}}.passed()), 0U);
}

TEST(Attestation, SaysWhatWasProven) {
  const Verification verification{
      .server = {.family = ServerFamily::mariadb, .version = "10.11.6-MariaDB"},
      .origin = "an \"empty\" schema",
      .steps = {passed()}};
  const auto all = attestations(verification);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].proven, ElementsAre("up", "down"));
  EXPECT_EQ(attestation_json(all[0]),
            R"({"format": 1, "up": {"rule": "sha256-lf", "hex": "ab"}, "down": null, )"
            R"("family": "mariadb", "version": "10.11.6-MariaDB", )"
            R"("origin": "an \"empty\" schema", "rows": "", "proven": ["up", "down"]})");
}

TEST(Attestation, IsNotGivenForWhatFailed) {
  Verification verification{.steps = {passed()}};
  verification.steps[0].findings.push_back({.proof = Proof::down});
  EXPECT_THAT(attestations(verification), IsEmpty());
}

TEST(ServerSeries, IsTheFirstTwoNumbers) {
  EXPECT_EQ(server_series("10.11.6-MariaDB-0+deb12u1"), "10.11");
  EXPECT_EQ(server_series("9.7.0"), "9.7");
  EXPECT_EQ(server_series("9"), "9");
}

TEST(NearestServer, IsOfTheFamilyAndThenOfTheVersion) {
  const std::vector<KnownServer> servers{{ServerFamily::mariadb, "11.4.2-MariaDB"},
                                         {ServerFamily::mysql, "8.0.40"},
                                         {ServerFamily::mysql, "9.7.0"},
                                         {ServerFamily::mariadb, "10.11.19-MariaDB"}};
  EXPECT_EQ(nearest_server(servers, {ServerFamily::mariadb, "10.6.1-MariaDB"}), 3U);
  EXPECT_EQ(nearest_server(servers, {ServerFamily::mysql, "8.4.3"}), 1U);
  EXPECT_EQ(nearest_server(servers, {ServerFamily::mysql, "9.1.0"}), 2U);
  EXPECT_EQ(nearest_server({servers[0]}, {ServerFamily::mysql, "9.1.0"}), 0U);
  EXPECT_EQ(nearest_server({}, {ServerFamily::mysql, "9.1.0"}), std::nullopt);
}

TEST(TraitWarnings, TellADifferenceToProduction) {
  const ServerTraits here{ServerFamily::mariadb, "10.11.19-MariaDB", "A", "utf8mb4_general_ci"};
  ServerTraits there = here;
  there.version = "10.11.2-MariaDB";
  EXPECT_THAT(trait_warnings(here, there, "production"), IsEmpty());
  there.version = "10.6.2-MariaDB";
  there.sql_mode = "B";
  const auto warnings = trait_warnings(here, there, "production");
  ASSERT_THAT(warnings, SizeIs(2));
  EXPECT_THAT(warnings[0], HasSubstr("production is MariaDB 10.6.2-MariaDB"));
  EXPECT_THAT(warnings[1], HasSubstr("sql_mode 'B', the one here 'A'"));
}

}  // namespace
}  // namespace migrate::core::rehearsal
