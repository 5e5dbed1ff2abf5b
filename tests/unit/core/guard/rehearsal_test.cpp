#include "core/guard/rehearsal.h"

#include <gtest/gtest.h>

namespace migrate::core::guard {
namespace {

using Outcome = Verdict::Outcome;

RehearsedStep rehearsed(std::vector<std::string> proven, Direction direction = Direction::up) {
  return {.name = "2_pots",
          .direction = direction,
          .attestation = rehearsal::Attestation{.proven = std::move(proven)}};
}

Verdict asked(const std::vector<RehearsedStep>& steps, DownProof down = DownProof::not_asked) {
  return rehearsal_verdict(steps, down, "MariaDB 10.11", "production");
}

TEST(RehearsalGuard, LetsPassWhatWasRehearsed) {
  EXPECT_EQ(asked({rehearsed({"up", "deterministic"})}).outcome, Outcome::passed);
}

TEST(RehearsalGuard, NamesStepsWithoutTheWord) {
  const Verdict verdict = asked({rehearsed({"up"}), {.name = "3_cups"}, {.name = "4_jars"}});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw, "not rehearsed with these files on MariaDB 10.11: 3_cups, 4_jars");
  EXPECT_NE(verdict.way_out.find("migrate verify --record production"), std::string::npos);
}

TEST(RehearsalGuard, WantsTheWayBackProvenWhereThatIsAsked) {
  EXPECT_EQ(asked({rehearsed({"up"})}, DownProof::needed).saw,
            "rehearsed, but not the way back: 2_pots");
  EXPECT_EQ(asked({rehearsed({"up", "down"})}, DownProof::needed).outcome, Outcome::passed);
}

TEST(RehearsalGuard, WantsTheWayBackProvenOfWhatIsUndone) {
  EXPECT_EQ(asked({rehearsed({"up"}, Direction::down)}).outcome, Outcome::refused);
  EXPECT_EQ(asked({rehearsed({"up", "down"}, Direction::down)}).outcome, Outcome::passed);
}

}  // namespace
}  // namespace migrate::core::guard
