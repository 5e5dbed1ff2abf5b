#include "core/lint/linter.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace migrate::core::lint {
namespace {

constexpr std::string_view options = " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

/// Files by path, handed over in pieces of a size.
struct Files {
  std::map<std::string, std::string> texts;
  std::size_t piece = 1U << 20U;

  ReadFile reader() const {
    return [this](const ScriptFile& file, const auto& take) {
      std::string_view text = texts.at(file.path);
      for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
        take(text.substr(0, piece));
    };
  }
};

Step step(const std::string& version, const std::string& up, const std::string& down = {}) {
  Step result{{StepKind::versioned, version}, "step", {.path = up}, {}};
  if (!down.empty()) result.down = ScriptFile{.path = down};
  return result;
}

/// What a single up script shows, without the rules about the step's files.
Report look_at(const std::string& text, Severities severities = {}, std::size_t piece = 1U << 20U) {
  severities["missing-down"] = std::nullopt;
  const Files files{{{"up.sql", text}}, piece};
  Linter linter(severities, files.reader());
  linter.look_at(step("1", "up.sql"), Linter::Telling::everything);
  return linter.take_report();
}

std::string shown(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += std::to_string(finding.position.line) + " " + std::string(name_of(finding.severity)) +
            " " + finding.rule + (finding.is_allowed() ? " allowed: " : "") +
            finding.allowed_because + "\n";
  }
  for (const Problem& problem : report.problems) text += to_string(problem) + "\n";
  return text;
}

TEST(Linter, AnAllowanceInTheHeaderIsAboutTheFile) {
  EXPECT_EQ(shown(look_at("-- migrate: allow=drop-table reason=\"old, and in the backup\"\n"
                          "DROP TABLE a;\nDROP TABLE b;\n")),
            "2 error drop-table allowed: old, and in the backup\n"
            "3 error drop-table allowed: old, and in the backup\n");
}

TEST(Linter, AnAllowanceInFrontOfAStatementIsAboutThatOne) {
  const Report report = look_at(
      "DROP TABLE a;\n# migrate: allow=drop-table reason=\"b is empty\"\nDROP TABLE b;\n"
      "DROP TABLE c;\n");
  EXPECT_EQ(shown(report),
            "1 error drop-table\n3 error drop-table allowed: b is empty\n4 error drop-table\n");
  EXPECT_EQ(report.count(Severity::error), 2U);
}

TEST(Linter, AnAllowanceBehindADelimiterCounts) {
  EXPECT_EQ(shown(look_at("SELECT 1;\nDELIMITER //\n"
                          "-- migrate: allow=drop-view reason=\"gone\"\nDROP VIEW v//\n")),
            "4 warning drop-view allowed: gone\n");
}

TEST(Linter, AnAllowanceOfOneRuleAllowsNoOther) {
  EXPECT_EQ(shown(look_at("SELECT 1;\n-- migrate: allow=drop-view reason=\"x\"\nDROP TABLE a;\n")),
            "2 notice useless-allow\n3 error drop-table\n");
}

TEST(Linter, AnAllowanceNeedsAReason) {
  for (const char* text : {"allow=drop-table", "allow=drop-table reason=", "allow=drop-table x",
                           "allow=drop-table reason=\"\"", "allow=drop-table reason=because",
                           "allow=drop-table reason=\"a\" b"}) {
    const Report header = look_at(std::string("-- migrate: ") + text + "\nDROP TABLE a;\n");
    ASSERT_EQ(header.problems.size(), 1U) << text;
    EXPECT_EQ(header.problems[0].position->line, 1U);
    EXPECT_EQ(header.problems[0].position->column, 13U);
    EXPECT_NE(header.problems[0].message.find("expected allow=drop-table reason="),
              std::string::npos)
        << header.problems[0].message;
    const Report between =
        look_at(std::string("SELECT 1;\n-- migrate: ") + text + "\nDROP TABLE a;\n");
    ASSERT_EQ(between.problems.size(), 1U) << text;
    EXPECT_EQ(between.problems[0].position->line, 2U);
  }
}

TEST(Linter, AnAllowanceOfNoRuleIsAProblemWithASuggestion) {
  EXPECT_EQ(shown(look_at("SELECT 1;\n-- migrate: allow=drop-tabel reason=\"x\"\nSELECT 2;\n")),
            "up.sql:2:13: there is no rule 'drop-tabel'; did you mean 'drop-table'?\n");
}

TEST(Linter, OtherDirectivesBehindAStatementAreProblems) {
  const Report report = look_at("SELECT 1;\n-- migrate: transaction=none\nSELECT 2;\n");
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_NE(report.problems[0].message.find("leading comments"), std::string::npos);
}

TEST(Linter, SeveritiesCanBeChangedAndRulesSwitchedOff) {
  EXPECT_EQ(shown(look_at("DROP TABLE a;\nDROP VIEW v;\n",
                          {{"drop-table", Severity::notice}, {"drop-view", std::nullopt}})),
            "1 notice drop-table\n");
  // What is off cannot be allowed in vain.
  EXPECT_EQ(shown(look_at("-- migrate: allow=drop-view reason=\"x\"\nDROP VIEW v;\n",
                          {{"drop-view", std::nullopt}})),
            "");
}

TEST(Linter, TellsLineColumnAndText) {
  const Report report = look_at(
      "SELECT 1;\r\n  ALTER TABLE t ALGORITHM = INSTANT,\r\n"
      "    COMMENT 'größe', DROP COLUMN c;\r\n");
  ASSERT_EQ(report.findings.size(), 1U);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.rule, "drop-column");
  EXPECT_EQ(finding.position.line, 3U);
  EXPECT_EQ(finding.position.column, 24U);
  EXPECT_EQ(finding.column_in_characters, 22U);
  EXPECT_EQ(finding.statement, 2U);
  EXPECT_EQ(finding.excerpt, "    COMMENT 'größe', DROP COLUMN c");
}

TEST(Linter, FindsTheSameWhateverThePieces) {
  const std::string text =
      "\xEF\xBB\xBF-- migrate: allow=drop-view reason=\"a, b\"\nDROP VIEW v; DROP TABLE a;\n"
      "-- migrate: allow=drop-table reason=\"long gone\"\nDROP TABLE b;\n";
  const std::string whole = shown(look_at(text));
  EXPECT_EQ(whole,
            "2 warning drop-view allowed: a, b\n2 error drop-table\n"
            "4 error drop-table allowed: long gone\n");
  EXPECT_EQ(shown(look_at(text, {}, 1)), whole);
  EXPECT_EQ(shown(look_at(text, {}, 7)), whole);
}

TEST(Linter, WhatCannotBeSplitIsAProblem) {
  EXPECT_EQ(shown(look_at("SELECT 1;\nSELECT 'never ends;\n")).substr(0, 12), "up.sql:2:8: ");
}

TEST(Linter, KnowsTheTablesOfEarlierStepsButNotWhatADownMakesOfThem) {
  const Files files{{{"1", "CREATE TABLE t (id BIGINT PRIMARY KEY)" + std::string(options) + ";"},
                     {"2", "SELECT 1;"},
                     {"2d", "ALTER TABLE t MODIFY id INT, ALGORITHM = COPY;"},
                     {"3", "ALTER TABLE t MODIFY id SMALLINT, ALGORITHM = COPY;"},
                     {"3d", "SELECT 1;"}}};
  Linter linter({}, files.reader());
  linter.look_at(step("1", "1"), Linter::Telling::nothing);
  linter.look_at(step("2", "2", "2d"), Linter::Telling::everything);
  linter.look_at(step("3", "3", "3d"), Linter::Telling::everything);
  const Report report = linter.take_report();
  ASSERT_EQ(report.findings.size(), 2U) << shown(report);
  EXPECT_NE(report.findings[0].message.find("BIGINT becomes INT"), std::string::npos);
  EXPECT_NE(report.findings[1].message.find("BIGINT becomes SMALLINT"), std::string::npos);
  EXPECT_EQ(report.files, 4U);
}

TEST(Linter, KnowsTheTablesOfAServerInsteadOnceTold) {
  const Files files{{{"1", "CREATE TABLE t (id BIGINT PRIMARY KEY)" + std::string(options) + ";"},
                     {"2", "ALTER TABLE t MODIFY id INT, ALGORITHM = COPY;"},
                     {"2d", "SELECT 1;"}}};
  Linter linter({}, files.reader());
  linter.look_at(step("1", "1"), Linter::Telling::nothing);
  Tables live;
  declare(live, "CREATE TABLE `t` (\n  `id` smallint(6) NOT NULL,\n  PRIMARY KEY (`id`)\n)");
  linter.replace_tables(std::move(live));
  linter.look_at(step("2", "2", "2d"), Linter::Telling::everything);
  EXPECT_EQ(shown(linter.take_report()), "");
}

TEST(Linter, ReadsTablesThroughEveryKindOfChange) {
  const std::string before =
      "CREATE TABLE t (id BIGINT PRIMARY KEY, a INT NULL)" + std::string(options) +
      ";\n"
      "ALTER TABLE t CHANGE a b BIGINT NULL, ADD COLUMN (c INT NULL, d INT NULL);\n"
      "ALTER TABLE t RENAME COLUMN b TO e, DROP COLUMN d;\nRENAME TABLE t TO u;\n"
      "CREATE TABLE v LIKE u;\nDROP TABLE u;\n";
  const Files files{{{"1", before},
                     {"2",
                      "ALTER TABLE v MODIFY e INT NULL, ALGORITHM = COPY;\n"
                      "ALTER TABLE u MODIFY e INT NULL, ALGORITHM = COPY;\n"
                      "ALTER TABLE v MODIFY d TINYINT NULL, ALGORITHM = COPY;\n"},
                     {"2d", "SELECT 1;"}}};
  Linter linter({{"mergeable-alters", std::nullopt}}, files.reader());
  linter.look_at(step("1", "1"), Linter::Telling::nothing);
  linter.look_at(step("2", "2", "2d"), Linter::Telling::everything);
  EXPECT_EQ(shown(linter.take_report()), "1 error narrowing\n");
}

}  // namespace
}  // namespace migrate::core::lint
