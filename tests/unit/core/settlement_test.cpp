#include "core/settlement.h"

#include <map>

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using enum Change;

ObjectName table(const std::string& name) {
  return {ObjectKind::table, "", name};
}

/// A table that a statement changes; `fingerprint` is empty where there was none.
ObjectBefore before(const std::string& name, Change change, const std::string& fingerprint) {
  return {{table(name), change}, fingerprint};
}

Witness witness(std::vector<ObjectBefore> objects) {
  return {.evidence = Evidence::objects, .objects = std::move(objects)};
}
Witness lenient(Witness witness) {
  witness.lenient = true;
  return witness;
}
const Witness repeatable{.evidence = Evidence::repeatable};
const Witness in_binary_log{.evidence = Evidence::binary_log};

Witness creates(const std::string& name, const std::string& fingerprint = "") {
  return witness({before(name, created, fingerprint)});
}
Witness alters(const std::string& name, const std::string& fingerprint = "1") {
  return witness({before(name, altered, fingerprint)});
}
Witness drops(const std::string& name, const std::string& fingerprint = "1") {
  return witness({before(name, dropped, fingerprint)});
}

JournalRow intent(std::vector<Witness> witnesses) {
  return {.hashes = std::vector<std::string>(witnesses.size()), .witnesses = std::move(witnesses)};
}

/// Tables by name; one that is not listed cannot be read.
using Now = std::map<std::string, std::string>;

Settlement settle(std::vector<Witness> witnesses, const Now& now) {
  std::vector<ObjectNow> objects;
  for (const auto& [name, fingerprint] : now) objects.push_back({table(name), fingerprint});
  return core::settle(intent(std::move(witnesses)), objects);
}

/// "2" where two are applied and the rest is not, "2?" where the one behind them is not known,
/// "2? log" where the binary log is to be asked, "2 -a,b" where a and b are left to drop.
std::string outcome(std::vector<Witness> witnesses, const Now& now) {
  const Settlement settlement = settle(std::move(witnesses), now);
  std::string text = std::to_string(settlement.applied);
  if (!settlement.decided) text += "?";
  if (settlement.ask_binary_log) text += " log";
  for (const ObjectName& object : settlement.left_to_drop)
    text += (&object == &settlement.left_to_drop.front() ? " -" : ",") + object.name;
  return text;
}

TEST(WitnessesOf, AreTheObjectsThatTellEachOnce) {
  const ObjectName view{ObjectKind::view, "s", "a"};
  Witness not_asked = alters("b");
  not_asked.evidence = Evidence::repeatable;
  EXPECT_EQ(witnesses_of(
                intent({creates("a"), not_asked, witness({{{view, dropped}, "1"}}),
                        witness({before("c", renamed_away, "1"), before("a", renamed_here, "")})})),
            (std::vector<ObjectName>{table("a"), view, table("c")}));
}

TEST(Settle, ACreateRanIfItsObjectIsThere) {
  EXPECT_EQ(outcome({creates("a")}, {{"a", ""}}), "0");
  EXPECT_EQ(outcome({creates("a")}, {{"a", "1"}}), "1");
}

TEST(Settle, ACreateOfWhatWasThereFailsAgain) {
  EXPECT_EQ(outcome({creates("a", "1")}, {{"a", "1"}}), "0");
  EXPECT_EQ(outcome({creates("a", "1")}, {{"a", "2"}}), "0?");
  EXPECT_EQ(outcome({creates("a", "1")}, {{"a", ""}}), "0?");
}

TEST(Settle, OrReplaceRanIfItsObjectIsAnother) {
  EXPECT_EQ(outcome({lenient(creates("a", "1"))}, {{"a", "2"}}), "1");
  EXPECT_EQ(outcome({lenient(creates("a", "1"))}, {{"a", "1"}}), "0");
  EXPECT_EQ(outcome({lenient(creates("a"))}, {{"a", "1"}}), "1");
  EXPECT_EQ(outcome({lenient(creates("a"))}, {{"a", ""}}), "0");
}

TEST(Settle, OrReplaceRunsAgainWhereTheOldTableIsGone) {
  EXPECT_EQ(outcome({lenient(creates("a", "1"))}, {{"a", ""}}), "0");
}

TEST(Settle, OrReplaceOfAProgramRunsAgainWhoeverChangedIt) {
  const ObjectName procedure{ObjectKind::procedure, "", "p"};
  const Witness replaces = lenient(witness({{{procedure, created}, "1"}}));
  const Settlement settlement =
      core::settle(intent({replaces}), {{.object = procedure, .fingerprint = "2"}});
  EXPECT_TRUE(settlement.decided);
  EXPECT_EQ(settlement.applied, 0U);
  EXPECT_TRUE(settlement.left_to_drop.empty());
}

TEST(Settle, AnAlterRanIfItsObjectIsAnother) {
  EXPECT_EQ(outcome({alters("a")}, {{"a", "1"}}), "0");
  EXPECT_EQ(outcome({alters("a")}, {{"a", "2"}}), "1");
  EXPECT_EQ(outcome({alters("a")}, {{"a", ""}}), "0?");
  EXPECT_EQ(outcome({alters("a", "")}, {{"a", ""}}), "0");
  EXPECT_EQ(outcome({alters("a", "")}, {{"a", "1"}}), "0?");
}

TEST(Settle, ADropRanIfItsObjectIsGone) {
  EXPECT_EQ(outcome({drops("a")}, {{"a", ""}}), "1");
  EXPECT_EQ(outcome({drops("a")}, {{"a", "1"}}), "0");
  EXPECT_EQ(outcome({drops("a")}, {{"a", "2"}}), "0?");
  EXPECT_EQ(outcome({drops("a", "")}, {{"a", ""}}), "0");
  EXPECT_EQ(outcome({lenient(drops("a", ""))}, {{"a", ""}}), "0");
  EXPECT_EQ(outcome({lenient(drops("a", ""))}, {{"a", "1"}}), "0?");
}

TEST(Settle, ADropOfSeveralMayBeLeftHalfDone) {
  const Witness three =
      witness({before("a", dropped, "1"), before("b", dropped, "2"), before("c", dropped, "3")});
  EXPECT_EQ(outcome({three}, {{"a", ""}, {"b", ""}, {"c", ""}}), "1");
  EXPECT_EQ(outcome({three}, {{"a", "1"}, {"b", "2"}, {"c", "3"}}), "0");
  EXPECT_EQ(outcome({three}, {{"a", ""}, {"b", "2"}, {"c", "3"}}), "0 -b,c");
  EXPECT_EQ(outcome({three}, {{"a", ""}, {"b", "2"}, {"c", "4"}}), "0?") << "not the c it named";
  EXPECT_EQ(outcome({creates("d"), three}, {{"d", "1"}, {"a", ""}, {"b", ""}, {"c", "3"}}), "1 -c");
  EXPECT_EQ(outcome({repeatable, three}, {{"a", ""}, {"b", ""}, {"c", "3"}}), "1 -c")
      << "it began, so the one before it ran";
  EXPECT_EQ(outcome({lenient(three)}, {{"a", ""}, {"b", "2"}, {"c", "3"}}), "0")
      << "IF EXISTS can run again as it is";
}

TEST(Settle, ADropOfSeveralIgnoresThoseThatWereNotThere) {
  const Witness two = lenient(witness({before("a", dropped, ""), before("b", dropped, "1")}));
  EXPECT_EQ(outcome({two}, {{"a", ""}, {"b", ""}}), "1");
  EXPECT_EQ(outcome({two, creates("c")}, {{"a", ""}, {"b", "1"}, {"c", ""}}), "0");
}

TEST(Settle, OnlyWhatWasThereIsLeftToDrop) {
  const Witness three =
      witness({before("a", dropped, "1"), before("b", dropped, ""), before("c", dropped, "3")});
  EXPECT_EQ(outcome({three}, {{"a", ""}, {"b", ""}, {"c", "3"}}), "0 -c");
}

TEST(Settle, ACreateOfSeveralIgnoresThoseThatWereThere) {
  const Witness two = lenient(witness({before("a", created, "1"), before("b", created, "")}));
  EXPECT_EQ(outcome({two, repeatable}, {{"a", "1"}, {"b", "1"}}), "1");
}

TEST(Settle, ACreateOfSeveralIsNotSeenHalfDone) {
  const Witness two = witness({before("a", created, ""), before("b", created, "")});
  EXPECT_EQ(outcome({two}, {{"a", "1"}, {"b", "1"}}), "1");
  EXPECT_EQ(outcome({two}, {{"a", "1"}, {"b", ""}}), "0?");
  EXPECT_EQ(outcome({lenient(two)}, {{"a", "1"}, {"b", ""}}), "0");
}

TEST(Settle, ARenameRanIfTheObjectIsAtItsNewName) {
  const Witness rename = witness({before("a", renamed_away, "1"), before("b", renamed_here, "")});
  EXPECT_EQ(outcome({rename}, {{"a", "1"}, {"b", ""}}), "0");
  EXPECT_EQ(outcome({rename}, {{"a", ""}, {"b", "1"}}), "1");
  EXPECT_EQ(outcome({rename}, {{"a", ""}, {"b", "9"}}), "1") << "its constraints have new names";
  EXPECT_EQ(outcome({rename}, {{"a", "2"}, {"b", ""}}), "0?");
  EXPECT_EQ(outcome({rename}, {{"a", "1"}, {"b", "1"}}), "0?");
  EXPECT_EQ(outcome({rename}, {{"a", ""}, {"b", ""}}), "0?");
}

TEST(Settle, ARenameThatTheServerRefusesIsRefusedAgain) {
  const Witness from_nothing =
      witness({before("a", renamed_away, ""), before("b", renamed_here, "")});
  EXPECT_EQ(outcome({from_nothing}, {{"a", ""}, {"b", ""}}), "0");
  EXPECT_EQ(outcome({from_nothing}, {{"a", ""}, {"b", "1"}}), "0?");
  EXPECT_EQ(outcome({lenient(from_nothing)}, {{"a", ""}, {"b", ""}}), "0");
  EXPECT_EQ(outcome({lenient(from_nothing)}, {{"a", ""}, {"b", "1"}}), "0?");
  const Witness onto_another =
      witness({before("a", renamed_away, "1"), before("b", renamed_here, "2")});
  EXPECT_EQ(outcome({onto_another}, {{"a", "1"}, {"b", "2"}}), "0");
  EXPECT_EQ(outcome({onto_another}, {{"a", ""}, {"b", "1"}}), "0?");
  EXPECT_EQ(outcome({witness({before("a", renamed_away, "1")})}, {{"a", "1"}}), "0");
  EXPECT_EQ(outcome({witness({before("a", renamed_away, "1")})}, {{"a", ""}}), "0?");
}

TEST(Settle, RenamesAreTakenInTheirOrder) {
  // RENAME TABLE t TO old, new TO t
  const auto replace = [](const std::string& was, const std::string& comes) {
    return witness({before("t", renamed_away, was), before("old", renamed_here, ""),
                    before("new", renamed_away, comes), before("t", renamed_here, was)});
  };
  EXPECT_EQ(outcome({replace("1", "2")}, {{"t", "1"}, {"old", ""}, {"new", "2"}}), "0");
  EXPECT_EQ(outcome({replace("1", "2")}, {{"t", "2"}, {"old", "1"}, {"new", ""}}), "1");
  EXPECT_EQ(outcome({replace("1", "1")}, {{"t", "1"}, {"old", ""}, {"new", "1"}}), "0");
  EXPECT_EQ(outcome({replace("1", "1")}, {{"t", "1"}, {"old", "1"}, {"new", ""}}), "1");
  EXPECT_EQ(outcome({replace("1", "2")}, {{"t", ""}, {"old", "1"}, {"new", "2"}}), "0?")
      << "half of it";
  EXPECT_EQ(outcome({replace("1", "2")}, {{"t", "3"}, {"old", ""}, {"new", "2"}}), "0?")
      << "somebody changed t";
  EXPECT_EQ(outcome({replace("1", "2")}, {{"t", "1"}, {"old", "1"}, {"new", "2"}}), "0?");
}

TEST(Settle, OnlyTheBinaryLogKnowsOfACircleThatChangedNothing) {
  // RENAME TABLE a TO t, b TO a, t TO b
  const auto swap = [](const std::string& a, const std::string& b) {
    return witness({before("a", renamed_away, a), before("t", renamed_here, ""),
                    before("b", renamed_away, b), before("a", renamed_here, a),
                    before("t", renamed_away, ""), before("b", renamed_here, b)});
  };
  EXPECT_EQ(outcome({swap("1", "2")}, {{"a", "2"}, {"b", "1"}, {"t", ""}}), "1");
  EXPECT_EQ(outcome({swap("1", "2")}, {{"a", "8"}, {"b", "9"}, {"t", ""}}), "1");
  EXPECT_EQ(outcome({swap("1", "1")}, {{"a", "1"}, {"b", "1"}, {"t", ""}}), "0? log");
  EXPECT_EQ(outcome({swap("1", "2")}, {{"a", "1"}, {"b", "2"}, {"t", ""}}), "0? log")
      << "a fingerprint may hold the name, and so differ where the tables do not";
  EXPECT_EQ(outcome({swap("1", "2")}, {{"a", "3"}, {"b", "2"}, {"t", ""}}), "0?");
  EXPECT_EQ(outcome({swap("1", "2")}, {{"a", ""}, {"b", "2"}, {"t", "1"}}), "0?");
}

TEST(Settle, ALenientRenamePassesOverWhatIsNotThere) {
  // RENAME TABLE IF EXISTS a TO b, c TO d
  const Witness rename = witness({before("a", renamed_away, ""), before("b", renamed_here, "5"),
                                  before("c", renamed_away, "1"), before("d", renamed_here, "")});
  EXPECT_EQ(outcome({lenient(rename)}, {{"a", ""}, {"b", "5"}, {"c", ""}, {"d", "1"}}), "1");
  EXPECT_EQ(outcome({lenient(rename)}, {{"a", ""}, {"b", "5"}, {"c", "1"}, {"d", ""}}), "0");
  EXPECT_EQ(outcome({lenient(rename)}, {{"a", ""}, {"b", "6"}, {"c", ""}, {"d", "1"}}), "0?");
  EXPECT_EQ(outcome({rename}, {{"a", ""}, {"b", "5"}, {"c", ""}, {"d", "1"}}), "0?");
}

TEST(Settle, TheLastThatRanShowsThatThoseBeforeItRan) {
  EXPECT_EQ(
      outcome({creates("a"), creates("b"), creates("c")}, {{"a", "1"}, {"b", "1"}, {"c", ""}}),
      "2");
  EXPECT_EQ(outcome({repeatable, creates("b"), creates("c")}, {{"b", "1"}, {"c", ""}}), "2");
  EXPECT_EQ(outcome({in_binary_log, creates("b")}, {{"b", "1"}}), "2");
  EXPECT_EQ(outcome({creates("a"), creates("b")}, {{"b", "1"}}), "2") << "a cannot be read";
  EXPECT_EQ(outcome({alters("a"), creates("b")}, {{"a", "1"}, {"b", "1"}}), "2")
      << "an ALTER may change nothing";
  EXPECT_EQ(outcome({alters("a"), creates("b")}, {{"a", ""}, {"b", "1"}}), "2")
      << "a was dropped since";
  EXPECT_EQ(outcome({lenient(drops("a")), creates("b")}, {{"a", "1"}, {"b", "1"}}), "2")
      << "DROP TABLE IF EXISTS passes over a view";
}

TEST(Settle, AStatementThatDidNotRunBeforeOneThatDidIsForeignHands) {
  EXPECT_EQ(outcome({creates("a"), creates("b")}, {{"a", ""}, {"b", "1"}}), "0?");
  EXPECT_EQ(outcome({creates("c"), drops("a"), creates("b")}, {{"c", "1"}, {"a", "1"}, {"b", "1"}}),
            "1?");
  EXPECT_EQ(outcome({creates("a", "1"), creates("b")}, {{"a", "1"}, {"b", "1"}}), "0?")
      << "it would have failed";
  EXPECT_EQ(outcome({drops("a", ""), creates("b")}, {{"a", ""}, {"b", "1"}}), "0?")
      << "it would have failed";
  const Witness two = witness({before("a", dropped, "1"), before("b", dropped, "2")});
  const Now half{{"a", ""}, {"b", "2"}, {"c", "1"}};
  EXPECT_EQ(outcome({two, creates("c")}, half), "0?");
  EXPECT_EQ(outcome({lenient(two), creates("c")}, half), "2");
}

TEST(Settle, WhatTellsNothingRunsAgain) {
  EXPECT_EQ(outcome({repeatable}, {}), "0");
  EXPECT_EQ(outcome({repeatable, repeatable}, {}), "0");
  EXPECT_EQ(outcome({creates("a"), repeatable, drops("b")}, {{"a", "1"}, {"b", "1"}}), "1");
  EXPECT_EQ(outcome({creates("a"), lenient(drops("b", ""))}, {{"a", "1"}, {"b", ""}}), "1");
}

TEST(Settle, WhatTellsNothingIsNoReasonToRunTheNextTwice) {
  EXPECT_EQ(outcome({repeatable, in_binary_log}, {}), "0?");
  EXPECT_EQ(outcome({repeatable, drops("a")}, {{"a", "2"}}), "0?");
  EXPECT_EQ(outcome({creates("a"), in_binary_log}, {{"a", ""}}), "0")
      << "a was not created, so nothing came behind";
}

TEST(Settle, TheBinaryLogIsAskedWhereNoObjectTells) {
  EXPECT_EQ(outcome({in_binary_log}, {}), "0? log");
  Witness hidden = alters("a");
  hidden.evidence = Evidence::binary_log;
  EXPECT_EQ(outcome({hidden}, {{"a", "2"}}), "0? log");
  EXPECT_EQ(outcome({creates("a"), in_binary_log}, {{"a", "1"}}), "1? log");
  EXPECT_EQ(outcome({creates("a")}, {}), "0? log") << "it cannot be read";
  EXPECT_EQ(outcome({witness({before("a", dropped, "1"), before("b", dropped, "1")})}, {{"a", ""}}),
            "0? log")
      << "one of two cannot be read";
  EXPECT_EQ(outcome({witness({})}, {}), "0? log");
}

TEST(Settle, ARowWithoutWitnessesIsUndecided) {
  const Settlement settlement = core::settle({.hashes = {"1", "2"}}, {});
  EXPECT_EQ(settlement.applied, 0U);
  EXPECT_FALSE(settlement.decided);
  EXPECT_TRUE(settlement.ask_binary_log);
}

TEST(Settle, SaysWhatItSaw) {
  EXPECT_EQ(settle({alters("a")}, {{"a", "1"}}).seen, "table `a` has not changed");
  EXPECT_EQ(settle({alters("a")}, {{"a", "2"}}).seen, "table `a` has changed");
  EXPECT_EQ(settle({creates("a")}, {{"a", "1"}}).seen, "table `a` is there now");
  EXPECT_EQ(settle({creates("a")}, {{"a", ""}}).seen, "table `a` is not there");
  EXPECT_EQ(settle({drops("a")}, {{"a", ""}}).seen, "table `a` is gone");
  EXPECT_EQ(settle({drops("a")}, {}).seen, "table `a` cannot be read");
  EXPECT_EQ(settle({repeatable}, {}).seen, "nothing that shows whether it ran");
  EXPECT_EQ(settle({in_binary_log}, {}).seen, "nothing that shows whether it ran");
  const ObjectName view{ObjectKind::view, "other", "v"};
  EXPECT_EQ(core::settle(intent({witness({{{view, dropped}, "1"}})}), {{view, ""}}).seen,
            "view `other`.`v` is gone");
}

TEST(Settle, SaysWhatItSawOfTheStatementsThatDecide) {
  EXPECT_EQ(settle({creates("a"), creates("b"), drops("c"), drops("d")},
                   {{"a", "1"}, {"b", "1"}, {"c", "1"}, {"d", "1"}})
                .seen,
            "table `b` is there now; table `c` has not changed");
  EXPECT_EQ(
      settle({creates("a"), creates("b"), creates("c")}, {{"a", ""}, {"b", ""}, {"c", "1"}}).seen,
      "table `a` is not there; table `c` is there now");
  EXPECT_EQ(settle({repeatable, drops("a")}, {{"a", "2"}}).seen,
            "nothing that shows whether it ran; table `a` has changed");
  EXPECT_EQ(settle({creates("c"), witness({before("a", dropped, "1"), before("b", dropped, "2")})},
                   {{"a", ""}, {"b", "2"}, {"c", "1"}})
                .seen,
            "table `a` is gone; table `b` has not changed");
  EXPECT_EQ(settle({witness({before("a", renamed_away, "1"), before("t", renamed_here, ""),
                             before("t", renamed_away, ""), before("b", renamed_here, "")})},
                   {{"a", ""}, {"b", "1"}, {"t", ""}})
                .seen,
            "table `a` is gone; table `t` is not there; table `b` is there now");
}

}  // namespace
}  // namespace migrate::core
