#include "core/guard/destructive.h"

#include <gtest/gtest.h>

namespace migrate::core::guard {
namespace {

using Outcome = Verdict::Outcome;
using Word = Destruction::Word;

Destruction dropped(const std::string& name, Word word, ObjectKind kind = ObjectKind::table) {
  return {.where = "migrations/2_tidy.up.sql:3",
          .what = "table " + name + " is dropped with its rows",
          .rule = "drop-table",
          .word = word,
          .objects = {{.kind = kind, .name = name}}};
}

Verdict asked(const std::vector<Destruction>& found, const DestructionPolicy& policy = {}) {
  return destructive_verdict({.found = found}, policy);
}

TEST(Destructive, LetsPassWhatTakesNothingAway) {
  EXPECT_EQ(asked({}).outcome, Outcome::passed);
}

TEST(Destructive, NeedsAWordInTheRun) {
  const Verdict verdict = asked({dropped("teas", Word::said)});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw, "migrations/2_tidy.up.sql:3: table teas is dropped with its rows");
  EXPECT_NE(verdict.way_out.find("--override destructive="), std::string::npos);
  EXPECT_TRUE(judge({verdict}, {{"destructive", "nobody buys them"}}).allowed());
}

TEST(Destructive, NeedsAWordInTheFileThatNoOverrideReplaces) {
  const Verdict verdict = asked({dropped("teas", Word::needed)});
  EXPECT_NE(verdict.way_out.find("-- migrate: allow=drop-table reason="), std::string::npos);
  const Judgement judgement = judge({verdict}, {{"destructive", "nobody buys them"}});
  EXPECT_FALSE(judgement.allowed());
  EXPECT_TRUE(judgement.overridden.empty());
}

TEST(Destructive, TakesAWayBackForWhatItIs) {
  EXPECT_EQ(asked({dropped("teas", Word::plain)}).outcome, Outcome::refused);
}

TEST(Destructive, WantsEachProtectedObjectNamed) {
  const std::vector<Destruction> two{dropped("v1_orders", Word::said, ObjectKind::view),
                                     dropped("V1_teas", Word::said, ObjectKind::view)};
  DestructionPolicy policy{.protected_objects = {"v1_*"}, .named = {"v1_orders"}};
  const Verdict verdict = asked(two, policy);
  EXPECT_EQ(verdict.outcome, Outcome::forbidden);
  EXPECT_NE(verdict.saw.find("protected: V1_teas"), std::string::npos) << verdict.saw;
  EXPECT_EQ(verdict.saw.find("protected: v1_orders"), std::string::npos) << verdict.saw;
  EXPECT_NE(verdict.way_out.find("--drop-protected V1_teas"), std::string::npos);
  policy.named.emplace_back("v1_teas");
  EXPECT_EQ(asked(two, policy).outcome, Outcome::refused) << "a word in the run is still needed";
}

TEST(Destructive, TakesASchemaForProtectedWhereAnythingIs) {
  const std::vector<Destruction> schema{dropped("shop", Word::said, ObjectKind::schema)};
  EXPECT_EQ(asked(schema, {.protected_objects = {"v1_*"}}).outcome, Outcome::forbidden);
  EXPECT_EQ(asked(schema).outcome, Outcome::refused);
}

TEST(Destructive, WarnsOfWhatNobodySees) {
  const Verdict verdict = destructive_verdict({.unseen = 2}, {});
  EXPECT_EQ(verdict.outcome, Outcome::warned);
  EXPECT_EQ(verdict.saw, "what 2 EXECUTE statements will run is in no file: nobody looked");
}

TEST(Destructive, TellsNoMoreThanCanBeRead) {
  const Verdict verdict = asked(std::vector<Destruction>(30, dropped("teas", Word::said)));
  EXPECT_NE(verdict.saw.find("22 more"), std::string::npos) << verdict.saw;
}

}  // namespace
}  // namespace migrate::core::guard
