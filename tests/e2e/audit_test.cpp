// What an audit finds in a real schema, and the step that it writes: applied, taken back,
// rehearsed.
#include <chrono>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "project.h"

namespace migrate::testing {
namespace {

using Json = nlohmann::json;

class Audit : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    project_.write("migrate.yaml", project_.read("migrate.yaml") +
                                       "\naudit: {collation: utf8mb4_unicode_520_ci}\n");
    project_.write("migrations/.keep", "");
    sql("SET NAMES utf8mb4");
  }

  void sql(const std::string& statement) {
    SCOPED_TRACE(statement);
    project_.sql().query(statement);
  }

  Json audit(const std::string& options = "") {
    const Ending ending = project_.run("audit --format json " + options);
    EXPECT_TRUE(ending.code == 0 || ending.code == 4) << ending.out << ending.err;
    return Json::parse(ending.out);
  }

  static std::set<std::string> rules_of(const Json& report) {
    std::set<std::string> rules;
    for (const Json& finding : report.at("findings")) rules.insert(finding.at("rule"));
    return rules;
  }

  /// "rule object" of each.
  static std::set<std::string> findings_of(const Json& report) {
    std::set<std::string> findings;
    for (const Json& finding : report.at("findings")) {
      findings.insert(std::string(finding.at("rule")) + " " + std::string(finding.at("object")));
    }
    return findings;
  }

  Project project_{RealServer::named(GetParam())};
};

// A hundred take minutes of rehearsing, and show no more than these.
constexpr int tables = 20;

std::string table_name(int number) {
  return fmt::format("t{:03}", number);
}

/// Ids of three types, texts of four collations; each table refers to the one at half its number,
/// and by a text to the last one of its own collation.
std::string mixed_table(int number) {
  static const std::vector<std::string> ids{"INT", "INT UNSIGNED", "BIGINT UNSIGNED"};
  static const std::vector<std::string> texts{
      "CHARACTER SET latin1 COLLATE latin1_swedish_ci",
      "CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci",
      "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
      "CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci"};
  const auto id_of = [](int one) { return ids[static_cast<std::size_t>(one % 3)]; };
  std::string text = fmt::format(
      "CREATE TABLE {} (id {} NOT NULL AUTO_INCREMENT, code VARCHAR(20) NOT NULL, "
      "name VARCHAR(60) DEFAULT 'nobody', note TEXT, kind ENUM('small','größer') NOT NULL "
      "DEFAULT 'small', loud VARCHAR(60) GENERATED ALWAYS AS (UPPER(name)) STORED, "
      "born DATETIME NULL, PRIMARY KEY (id), UNIQUE KEY code (code), KEY name (name(10))",
      table_name(number), id_of(number));
  if (number > 0) {
    text += fmt::format(
        ", half {0} NULL, CONSTRAINT half_{1} FOREIGN KEY (half) REFERENCES {2} (id) "
        "ON DELETE CASCADE",
        id_of(number / 2), number, table_name(number / 2));
  }
  if (number >= 4) {
    text += fmt::format(
        ", other VARCHAR(20) NULL, CONSTRAINT other_{0} FOREIGN KEY (other) REFERENCES {1} (code)",
        number, table_name(number - 4));
  }
  if (number % 10 == 9) text += ", t000_id SMALLINT NULL, KEY by_code (code)";
  return text + ") ENGINE=InnoDB DEFAULT " + texts[static_cast<std::size_t>(number % 4)];
}

class Mixed : public Audit {
 protected:
  void SetUp() override {
    Audit::SetUp();
    sql("ALTER DATABASE DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci");
    for (int number = 0; number < tables; ++number) {
      sql(mixed_table(number));
      std::string rows;
      for (int row = 1; row <= 20; ++row) {
        rows += fmt::format("{}({}, 'c{}-{}', 'Zoë {} Müller', '{}', {}{})", row == 1 ? "" : ",",
                            row, number, row, row, row % 2 == 0 ? "Ünïcode" : "plain",
                            row % 2 == 0 ? "'größer'" : "'small'",
                            number == 0  ? ""
                            : number < 4 ? fmt::format(", {}", row)
                                         : fmt::format(", {}, 'c{}-{}'", row, number - 4, row));
      }
      sql(fmt::format("INSERT INTO {} (id, code, name, note, kind{}{}) VALUES {}",
                      table_name(number), number > 0 ? ", half" : "", number >= 4 ? ", other" : "",
                      rows));
    }
    sql("SET NAMES latin1");
    sql("CREATE VIEW loud_ones AS SELECT loud, 'x' AS mark FROM t001");
    sql("CREATE VIEW louder_ones AS SELECT CONCAT(loud, mark) AS both_of FROM loud_ones");
    sql("CREATE PROCEDURE count_them(wanted VARCHAR(20)) SELECT COUNT(*) FROM t002 WHERE code = "
        "wanted");
    sql("CREATE TRIGGER named BEFORE INSERT ON t003 FOR EACH ROW SET NEW.name = TRIM(NEW.name)");
    sql("SET NAMES utf8mb4");
  }

  /// What the rows hold, as text.
  std::string rows() {
    project_.sql().query("SET SESSION group_concat_max_len = 1048576");
    std::string all;
    for (int number = 0; number < tables; ++number) {
      all += project_.sql().value(fmt::format(
                 "SELECT SHA2(GROUP_CONCAT(CONCAT_WS('|', id, HEX(CONVERT(code USING utf8mb4)), "
                 "HEX(CONVERT(name USING utf8mb4)), HEX(CONVERT(note USING utf8mb4)), "
                 "HEX(CONVERT(kind USING utf8mb4)), HEX(CONVERT(loud USING utf8mb4)){}{}) ORDER BY "
                 "id), 256) FROM {}",
                 number > 0 ? ", half" : "",
                 number >= 4 ? ", HEX(CONVERT(other USING utf8mb4))" : "", table_name(number))) +
             "\n";
    }
    return all;
  }

  std::string snapshot() {
    const Ending ending = project_.run("snapshot");
    EXPECT_EQ(ending.code, 0) << ending.err;
    return ending.out;
  }
};

TEST_P(Mixed, are_aligned_and_brought_back) {
  const std::string before = snapshot();
  const std::string held = rows();
  const Json found = audit("--fix-into migrations");
  for (const char* rule :
       {"schema-collation", "table-collation", "column-collation", "program-collation",
        "reference-type", "id-type", "duplicate-index", "foreign-key-without-index"})
    EXPECT_TRUE(rules_of(found).contains(rule)) << rule;
  EXPECT_EQ(found.at("fix").at("losses"), Json::array());
  EXPECT_GT(found.at("fix").at("probes"), tables);
  EXPECT_EQ(snapshot(), before);

  // Each statement by itself, upwards and downwards.
  const Ending verified = project_.start({"verify", "--on", "test"}).wait(std::chrono::minutes(10));
  EXPECT_EQ(verified.code, 0) << verified.out << verified.err;

  const Ending up = project_.run("up");
  ASSERT_EQ(up.code, 0) << up.out << up.err;
  EXPECT_EQ(rows(), held);
  const Json after = audit();
  for (const std::string& rule : rules_of(after)) {
    EXPECT_TRUE(rule == "connection-collation") << rule << after.at("findings").dump(1);
  }
  EXPECT_EQ(project_.run("lint --fail-on warning").code, 0)
      << project_.run("lint --fail-on warning").out;

  const Ending down = project_.run("down --yes");
  ASSERT_EQ(down.code, 0) << down.out << down.err;
  EXPECT_EQ(snapshot(), before);
  EXPECT_EQ(rows(), held);
}

TEST_P(Audit, what_a_conversion_would_lose_is_told_before_the_step_is_written) {
  sql("CREATE TABLE people (id INT UNSIGNED PRIMARY KEY, name VARCHAR(40) NOT NULL, note TEXT, "
      "UNIQUE KEY name (name)) DEFAULT CHARACTER SET latin1 COLLATE latin1_bin");
  sql("INSERT INTO people VALUES (1, 'Zoe', REPEAT('é', 40000)), (2, 'zoé', NULL)");
  sql("CREATE TABLE visits (id INT UNSIGNED PRIMARY KEY, people_id INT, KEY people_id (people_id))"
      " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
  sql("INSERT INTO visits VALUES (1, -1)");
  const Json fix = audit("--fix-into migrations").at("fix");
  std::set<std::string> losses;
  for (const Json& loss : fix.at("losses")) {
    losses.insert(fmt::format("{}.{} {}", std::string(loss.at("table")),
                              std::string(loss.at("columns")), int(loss.at("count"))));
  }
  EXPECT_EQ(losses, (std::set<std::string>{"people.name 1", "people.note 1", "visits.people_id 1"}))
      << fix.dump(1);
  const std::string up = project_.read(std::string(fix.at("up")));
  EXPECT_NE(up.find("WARNING: people.name"), std::string::npos) << up;
  EXPECT_NE(up.find("WARNING: people.note"), std::string::npos) << up;
  // The server refuses it rather than losing anything.
  EXPECT_EQ(project_.run("up").code, 5);
  EXPECT_EQ(project_.sql().value("SELECT CHAR_LENGTH(note) FROM people WHERE id = 1"), "40000");
}

TEST_P(Audit, what_no_statement_can_mend_is_listed_with_the_reason) {
  sql("CREATE TABLE long_keys (id BIGINT UNSIGNED PRIMARY KEY, path VARCHAR(1000) CHARACTER SET "
      "latin1 NOT NULL, KEY path (path)) DEFAULT CHARACTER SET utf8mb4 COLLATE "
      "utf8mb4_unicode_520_ci");
  sql("CREATE TABLE prices (price DOUBLE, born DATETIME NULL) DEFAULT CHARACTER SET utf8mb4 "
      "COLLATE utf8mb4_unicode_520_ci");
  const Json report = audit("--fix-into migrations");
  std::set<std::string> left;
  for (const Json& one : report.at("fix").at("left"))
    left.insert(std::string(one.at("rule")) + " " + std::string(one.at("object")));
  for (const char* one : {"column-collation long_keys.path", "float-for-money prices.price",
                          "missing-primary-key prices"})
    EXPECT_TRUE(left.contains(one)) << one << report.dump(1);
  EXPECT_NE(report.dump().find("index path would take 4000 bytes"), std::string::npos);
}

TEST_P(Audit, the_server_tells_what_no_definition_does) {
  sql("SET SESSION sql_mode = ''");
  sql("CREATE TABLE days (id TINYINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, day DATE, "
      "code VARCHAR(9) NULL, UNIQUE KEY code (code), `rank` INT) ROW_FORMAT=COMPACT "
      "DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
  sql("INSERT INTO days (id, day) VALUES (250, '0000-00-00')");
  sql("CREATE TABLE gone (id INT PRIMARY KEY) DEFAULT CHARACTER SET utf8mb4 COLLATE "
      "utf8mb4_unicode_520_ci");
  sql("SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci");
  sql("CREATE VIEW of_gone AS SELECT id FROM gone");
  sql("DROP TABLE gone");
  sql("CREATE DEFINER = 'nobody_at_all'@'nowhere' PROCEDURE p() SELECT 1");
  sql("CREATE TABLE old (id INT PRIMARY KEY) ENGINE=MyISAM DEFAULT CHARACTER SET utf8mb4 COLLATE "
      "utf8mb4_unicode_520_ci");
  const std::set<std::string> found = findings_of(audit());
  for (const char* finding : {"zero-date days.day", "row-format days", "auto-increment-end days.id",
                              "nullable-unique-key days.code", "reserved-word days.rank",
                              "broken-view of_gone", "missing-definer p", "engine-not-innodb old"})
    EXPECT_TRUE(found.contains(finding)) << finding << ::testing::PrintToString(found);
  // With dates that are none among the rows, and an engine that changes.
  audit("--fix-into migrations");
  const Ending up = project_.run("up");
  ASSERT_EQ(up.code, 0) << up.out << up.err;
  const std::set<std::string> after = findings_of(audit());
  for (const char* finding :
       {"row-format days", "auto-increment-end days.id", "engine-not-innodb old"})
    EXPECT_FALSE(after.contains(finding)) << finding;
  EXPECT_EQ(project_.sql().value("SELECT day + 0 FROM days"), "0");
}

TEST_P(Audit, a_table_of_no_step_is_outside_the_history) {
  project_.write("migrations/1_t.up.sql", "CREATE TABLE t (id INT PRIMARY KEY);\n");
  ASSERT_EQ(project_.run("up").code, 0);
  sql("CREATE TABLE by_hand (id INT PRIMARY KEY)");
  const std::set<std::string> found = findings_of(audit());
  EXPECT_TRUE(found.contains("outside-history by_hand"));
  EXPECT_FALSE(found.contains("outside-history t"));
}

TEST_P(Audit, what_a_ddl_file_declares_is_left_to_it) {
  project_.write("ddl/tokens.sql",
                 "CREATE TABLE IF NOT EXISTS tokens (token CHAR(20) NOT NULL PRIMARY KEY, note "
                 "VARCHAR(9)) DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;\n");
  ASSERT_EQ(project_.run("up").code, 0);
  const Ending found = project_.run("audit --verbose --fix-into migrations");
  EXPECT_EQ(found.code, 0) << found.out << found.err;
  EXPECT_NE(found.out.find("allowed: ddl/tokens.sql declares it so"), std::string::npos)
      << found.out;
  EXPECT_EQ(found.out.find("outside-history"), std::string::npos) << found.out;
  EXPECT_EQ(project_.run("up").code, 0);
  EXPECT_EQ(project_.sql().value("SELECT collation_name FROM information_schema.columns WHERE "
                                 "table_schema = DATABASE() AND column_name = 'note'"),
            "utf8mb4_bin");
}

TEST_P(Audit, what_is_allowed_is_neither_a_failure_nor_mended) {
  sql("CREATE TABLE tokens (id INT PRIMARY KEY, token CHAR(20) CHARACTER SET ascii COLLATE "
      "ascii_bin NOT NULL) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
  EXPECT_EQ(project_.run("audit").code, 4);
  project_.write("migrate.yaml",
                 std::regex_replace(
                     project_.read("migrate.yaml"), std::regex("audit: \\{"),
                     "audit: {allow: [{rule: column-collation, object: tokens.token, reason: "
                     "compared byte by byte}, {rule: row-format, object: '*', reason: none}], "));
  const Ending allowed = project_.run("audit --fix-into migrations --verbose");
  EXPECT_EQ(allowed.code, 0) << allowed.out << allowed.err;
  EXPECT_NE(allowed.out.find("allowed: compared byte by byte"), std::string::npos) << allowed.out;
  EXPECT_NE(allowed.out.find("useless-allow"), std::string::npos) << allowed.out;
  EXPECT_EQ(allowed.out.find("tokens`"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(E2e, Audit, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Audit);
INSTANTIATE_TEST_SUITE_P(E2e, Mixed, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Mixed);

}  // namespace
}  // namespace migrate::testing
