#include "core/guard/grants.h"

#include <gtest/gtest.h>

namespace migrate::core::guard {
namespace {

using Outcome = Verdict::Outcome;

const Needs needs{{"my_shop", {"ALTER", "CREATE VIEW", "SELECT"}}};
const Account admin{"db_admin", "%"};

std::vector<std::string> missing(const std::vector<std::string>& grants) {
  return missing_grants(needs, {.account = admin, .grants = grants});
}

TEST(Accounts, AreReadWithAndWithoutQuotes) {
  EXPECT_EQ(account_of("'db_admin'@'10.%'"), (Account{"db_admin", "10.%"}));
  EXPECT_EQ(account_of("db_admin@localhost"), (Account{"db_admin", "localhost"}));
  EXPECT_EQ(account_of("db_admin"), admin);
  EXPECT_EQ(shown({"o'neil", "%"}), "'o''neil'@'%'");
}

TEST(Grants, MissingOnesAreStatementsToRun) {
  EXPECT_EQ(
      missing({"GRANT USAGE ON *.* TO `db_admin`@`%`",
               "GRANT SELECT, INSERT ON `my\\_shop`.* TO `db_admin`@`%`"}),
      std::vector<std::string>{"GRANT ALTER, CREATE VIEW ON `my\\_shop`.* TO 'db_admin'@'%';"});
}

TEST(Grants, OfTheSchemaOrOfAllCount) {
  EXPECT_TRUE(missing({"GRANT ALL PRIVILEGES ON `my_shop`.* TO `db_admin`@`%`"}).empty());
  EXPECT_TRUE(
      missing({"GRANT ALL PRIVILEGES ON `my%`.* TO `db_admin`@`%` WITH GRANT OPTION"}).empty());
  EXPECT_TRUE(missing({"GRANT SELECT, ALTER, CREATE VIEW ON *.* TO `db_admin`@`%`"}).empty());
  EXPECT_TRUE(missing({"GRANT `keeper`@`%` TO `db_admin`@`%`",
                       "GRANT SELECT, ALTER, CREATE VIEW ON `my_shop`.* TO `keeper`"})
                  .empty());
}

TEST(Grants, OfOthersDoNotCount) {
  EXPECT_EQ(missing({"GRANT ALL PRIVILEGES ON `myshop`.* TO `db_admin`@`%`"}).size(), 1);
  EXPECT_EQ(missing({"GRANT ALL PRIVILEGES ON `my\\_sho_`.* TO `db_admin`@`%`"}).size(), 0);
  EXPECT_EQ(missing({"GRANT ALL PRIVILEGES ON `my\\_sho\\_`.* TO `db_admin`@`%`"}).size(), 1);
  EXPECT_EQ(
      missing({"GRANT SELECT, ALTER, CREATE VIEW ON `my_shop`.`teas` TO `db_admin`@`%`"}).size(),
      1);
  EXPECT_EQ(missing({"GRANT SELECT (name), ALTER, CREATE VIEW ON `my_shop`.* TO `db_admin`@`%`"}),
            std::vector<std::string>{"GRANT SELECT ON `my\\_shop`.* TO 'db_admin'@'%';"});
}

TEST(Grants, TakenBackOnASchemaAreMissing) {
  EXPECT_EQ(missing({"GRANT SELECT, ALTER, CREATE VIEW ON *.* TO `db_admin`@`%`",
                     "REVOKE ALTER ON `my_shop`.* FROM `db_admin`@`%`"}),
            std::vector<std::string>{"GRANT ALTER ON `my\\_shop`.* TO 'db_admin'@'%';"});
}

TEST(Grants, NeededAreThoseOfTheObjects) {
  Script script;
  script.shape.touched.changed = {{.kind = ObjectKind::view, .name = "v"},
                                  {.kind = ObjectKind::trigger, .schema = "log", .name = "t"}};
  script.shape.locks_tables = true;
  const Needs needed = needs_of("shop", {&script});
  EXPECT_TRUE(needed.at("shop").contains("CREATE VIEW"));
  EXPECT_TRUE(needed.at("shop").contains("LOCK TABLES"));
  EXPECT_FALSE(needed.at("shop").contains("EVENT"));
  EXPECT_EQ(needed.at("log"), std::set<std::string>{"TRIGGER"});
}

TEST(Grants, MoreThanEnoughIsAWarning) {
  const Holding root{
      .account = {"root", "localhost"},
      .grants = {"GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION"}};
  const Verdict verdict = grants_verdict({root}, root, needs, {"trigger t"});
  EXPECT_EQ(verdict.outcome, Outcome::warned);
  EXPECT_EQ(verdict.saw,
            "'root'@'localhost', which runs this, holds more than a run needs: ALL ON *.*, GRANT "
            "OPTION");
  EXPECT_TRUE(excess({"GRANT ALL PRIVILEGES ON `shop`.* TO `a`@`%`"}).empty());
}

TEST(Grants, OnTheSchemaAreNotEnoughToCreateALoggedProgram) {
  Script script;
  script.shape.touched.add(Effect::schema, "CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW DO 1");
  script.shape.touched.add(Effect::schema, "CREATE FUNCTION f() RETURNS INT RETURN 1");
  script.shape.touched.add(Effect::schema, "CREATE PROCEDURE p() DO 1");
  script.shape.touched.add(Effect::schema, "DROP TRIGGER b");
  const std::vector<std::string> programs = logged_programs({&script});
  EXPECT_EQ(programs, (std::vector<std::string>{"function f", "trigger a"}));
  const Holding ana{.account = {"ana", "%"},
                    .grants = {"GRANT ALL PRIVILEGES ON `my_shop`.* TO `ana`@`%`"}};
  EXPECT_EQ(grants_verdict({ana}, ana, needs, {}).outcome, Outcome::passed);
  const Verdict verdict = grants_verdict({ana}, ana, needs, programs);
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw,
            "'ana'@'%' may not create function f, trigger a: the binary log is on, and "
            "log_bin_trust_function_creators is off");
}

TEST(Grants, WhatCannotBeSeenIsNoYes) {
  const Holding runs_as{.account = {"ana", "%"},
                        .grants = {"GRANT ALL PRIVILEGES ON `my_shop`.* TO `ana`@`%`"}};
  const Holding hidden{
      .account = admin, .presence = Holding::Presence::unseen, .why_unseen = "Access denied"};
  const Verdict verdict = grants_verdict({runs_as, hidden}, runs_as, needs, {});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw, "what 'db_admin'@'%' holds cannot be seen from here: Access denied");
  EXPECT_NE(verdict.way_out.find("GRANT SELECT ON mysql.* TO 'ana'@'%';"), std::string::npos);
}

}  // namespace
}  // namespace migrate::core::guard
