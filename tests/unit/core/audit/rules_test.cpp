#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/audit/audit.h"
#include "core/audit/rule.h"
#include "support/repository.h"
#include "unit/core/audit/facts_support.h"

namespace migrate::core::audit {
namespace {

std::vector<std::string> rule_names() {
  std::vector<std::string> names;
  for (const Rule& rule : all_rules()) names.emplace_back(rule.name);
  return names;
}

/// rules/<rule>/ has a `bad.sql`, which says what the rule finds in it, and a `good.sql`, in which
/// it finds nothing. facts_support.h has the words.
Told file_of(const std::string& rule, const std::string& file) {
  const auto path =
      testing::repository() / "tests" / "unit" / "core" / "audit" / "rules" / rule / file;
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream.is_open()) << path;
  std::ostringstream text;
  text << stream.rdbuf();
  return told(text.str());
}

std::multiset<std::string> found(const std::string& rule, const Told& told) {
  std::multiset<std::string> objects;
  for (const Finding& finding : audit(told.facts, told.policy).findings) {
    EXPECT_FALSE(finding.remark.message.empty() || finding.remark.advice.empty()) << finding.rule;
    if (finding.rule == rule && !finding.is_allowed()) objects.insert(finding.remark.object);
  }
  return objects;
}

class EachAuditRule : public ::testing::TestWithParam<std::string> {};

TEST_P(EachAuditRule, FindsWhatIsBadAndNothingElse) {
  const Told bad = file_of(GetParam(), "bad.sql");
  ASSERT_FALSE(bad.finds.empty());
  EXPECT_THAT(found(GetParam(), bad), ::testing::ElementsAreArray(bad.finds));
}

TEST_P(EachAuditRule, SaysNothingOfWhatIsGood) {
  EXPECT_THAT(found(GetParam(), file_of(GetParam(), "good.sql")), ::testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Audit, EachAuditRule, ::testing::ValuesIn(rule_names()),
                         [](const auto& rule) {
                           std::string name = rule.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(AuditRules, AreAllInTheRunbookAsTheyAre) {
  std::vector<std::string> expected;
  for (const Rule& rule : all_rules()) {
    expected.push_back("| `" + std::string(rule.name) + "` | " +
                       std::string(name_of(rule.severity)) + " | " + std::string(rule.reason) +
                       " |");
  }
  std::vector<std::string> rows;
  std::ifstream file(testing::repository() / "runbooks" / "audit-rules.md");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| `")) rows.push_back(line);
  }
  EXPECT_EQ(rows, expected) << "migrate audit --rules shows them";
}

TEST(AuditPolicy, SeverityOffAndAllowed) {
  Told told = file_of("column-collation", "bad.sql");
  EXPECT_TRUE(audit(told.facts, told.policy).has_at_least(Severity::error));
  told.policy.allow.push_back({"column-collation", "teas", "kept so", "migrate.yaml:1:1"});
  const Report allowed = audit(told.facts, told.policy);
  EXPECT_EQ(allowed.count(Severity::error), 0U);
  EXPECT_EQ(allowed.findings.at(0).allowed_because, "kept so");
  told.policy.allow.clear();
  told.policy.severities["column-collation"] = std::nullopt;
  EXPECT_THAT(found("column-collation", told), ::testing::IsEmpty());
}

TEST(AuditPolicy, TheCollationThatADdlFileNamesIsMeant) {
  const std::string tokens =
      "CREATE TABLE `tokens` (\n`token` char(9) COLLATE utf8mb4_bin NOT NULL,\nPRIMARY KEY "
      "(`token`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;\n";
  const Told named = told("-- declared tokens utf8mb4_bin\n" + tokens);
  const Report report = audit(named.facts, named.policy);
  ASSERT_EQ(report.findings.size(), 2U);
  for (const Finding& finding : report.findings)
    EXPECT_EQ(finding.allowed_because, "ddl/tokens.sql declares it so") << finding.rule;
  // One that names the canon's is not what it says, and one that names none follows the schema.
  for (const char* collation : {"utf8mb4_unicode_520_ci", ""}) {
    const Told other = told("-- declared tokens " + std::string(collation) + "\n" + tokens);
    EXPECT_EQ(audit(other.facts, other.policy).count(Severity::error), 1U) << collation;
  }
}

TEST(AuditPolicy, TheNullThatADdlFileWritesAtAUniqueKeyIsMeant) {
  const std::string teas =
      "CREATE TABLE `teas` (\n`id` int NOT NULL,\n`a` int,\n`b` int,\nPRIMARY KEY (`id`),\n"
      "UNIQUE KEY `u` (`id`,`a`,`b`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 "
      "COLLATE=utf8mb4_unicode_520_ci;\n";
  const Told both = told("-- says-null teas a\n-- says-null teas b\n" + teas);
  const Report report = audit(both.facts, both.policy);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings.front().allowed_because, "ddl/teas.sql declares it so");
  const Told one = told("-- says-null teas a\n" + teas);
  EXPECT_EQ(audit(one.facts, one.policy).count(Severity::notice), 1U);
}

TEST(AuditCanon, IsTheSchemasOwnUnlessItIsSaid) {
  Facts facts = told("-- schema latin1_swedish_ci\n").facts;
  EXPECT_EQ(canon_of({}, facts).collation, "latin1_swedish_ci");
  EXPECT_EQ(canon_of({.charset = "utf8mb4"}, facts).collation, "utf8mb4_general_ci");
  EXPECT_EQ(canon_of({.collation = "utf8mb4_bin"}, facts).charset, "utf8mb4");
  EXPECT_ANY_THROW(canon_of({.charset = "latin1", .collation = "utf8mb4_bin"}, facts));
  EXPECT_ANY_THROW(canon_of({.charset = "utf9"}, facts));
}

}  // namespace
}  // namespace migrate::core::audit
