// A server that has no room left, in the middle of `up`. Its tables share files that cannot grow,
// so that the test knows how much room there is.
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "project.h"

namespace migrate::testing {
namespace {

constexpr const char* shared_undo =
    "its undo log shares that file: where that is full, it cannot even drop a table";

/// Some 16 MB.
std::string big_table() {
  std::string text =
      "CREATE TABLE source (id INT PRIMARY KEY AUTO_INCREMENT, filler CHAR(200) NOT NULL);\n"
      "INSERT INTO source (filler) VALUES ('a');\n";
  for (int doubled = 0; doubled < 16; ++doubled)
    text += "INSERT INTO source (filler) SELECT CONCAT(filler, '+') FROM source;\n";
  return text;
}

class FullDisk : public ::testing::TestWithParam<std::string> {
 protected:
  /// Takes all room but some `left` bytes.
  void fill(std::uint64_t left) {
    sql().query("CREATE TABLE filler (bytes LONGBLOB)");
    while (room() > left) sql().query("INSERT INTO filler VALUES (REPEAT('x', 1000000))");
  }
  /// Of the file that the tables share.
  std::uint64_t room() {
    if (GetParam() == "mysql") sql().query("SET SESSION information_schema_stats_expiry = 0");
    return std::stoull(
        value("SELECT data_free FROM information_schema.tables WHERE table_schema = DATABASE() AND "
              "table_name = 'migrate_log'"));
  }
  /// Runs a step of three statements whose second needs room for another 16 MB.
  void expect_full_and_then_done(const std::string& step, const std::string& second) {
    project_.write("migrations/1_source.up.sql", big_table());
    ASSERT_EQ(project_.run("up").code, 0);
    project_.write("migrations/2_more.up.sql", step);
    fill(8U << 20U);
    const Ending full = project_.run("up");
    EXPECT_EQ(full.code, 5) << full.out << full.err;
    for (const std::string& words :
         {second, std::string("error 1114"), std::string("statement 1 is committed and stays"),
          std::string("the server has no room")})
      EXPECT_NE(full.out.find(words), std::string::npos) << full.out << full.err;
    EXPECT_NE(project_.run("status").out.find("1 of 3 statements ran"), std::string::npos);
    make_room();
    const Ending next = project_.run("up");
    EXPECT_EQ(next.code, 0) << next.out << next.err;
    EXPECT_EQ(value("SELECT COUNT(*) FROM behind"), "0");
    EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_journal"), "0");
  }
  /// MariaDB gives the room of a dropped table back a moment later.
  void make_room() {
    sql().query("DROP TABLE filler");
    EXPECT_TRUE(eventually([&] { return room() > (32U << 20U); }));
  }

  RawConnection& sql() { return project_.sql(); }
  std::string value(const std::string& query) { return sql().value(query); }

  RealServer server_{GetParam(),
                     {"--innodb-file-per-table=0",
                      "--innodb-data-file-path=ibdata1:12M;ibdata2:80M", "--skip-log-bin"}};
  Project project_{server_};
};

TEST_P(FullDisk, in_a_data_statement_leaves_what_the_report_says_and_up_goes_on) {
  expect_full_and_then_done(
      "CREATE TABLE copy (id INT PRIMARY KEY, filler CHAR(200) NOT NULL);\n"
      "INSERT INTO copy SELECT id, filler FROM source;\n"
      "CREATE TABLE behind (id INT);\n",
      "INSERT INTO copy");
  EXPECT_EQ(value("SELECT COUNT(*) FROM copy"), "65536");
}

TEST_P(FullDisk, in_a_schema_statement_leaves_what_the_report_says_and_up_goes_on) {
  if (GetParam() == "mariadb") GTEST_SKIP() << shared_undo;
  expect_full_and_then_done(
      "CREATE TABLE before_it (id INT);\n"
      "ALTER TABLE source ADD COLUMN n INT, ALGORITHM=COPY;\n"
      "CREATE TABLE behind (id INT);\n",
      "ALTER TABLE source");
  EXPECT_EQ(value("SELECT COUNT(*) FROM source WHERE n IS NULL"), "65536");
}

TEST_P(FullDisk, in_a_write_of_the_history_undoes_the_statements_that_it_records) {
  if (GetParam() == "mariadb") GTEST_SKIP() << shared_undo;
  sql().query("CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL)");
  sql().query("INSERT INTO t VALUES (1, 0)");
  // That they are done takes the hash of each of them, which the history has no room for.
  std::string text = "-- migrate: transaction=batch(30000)\nUPDATE t SET n = n + 1;\n";
  for (int i = 0; i < 20000; ++i)
    text += "UPDATE t SET n = " + std::to_string(i) + " WHERE id = 2;\n";
  project_.write("migrations/1_first.up.sql", "INSERT INTO t VALUES (3, 0);\n");
  ASSERT_EQ(project_.run("up").code, 0);
  project_.write("migrations/2_many.up.sql", text);
  fill(2U << 20U);
  const Ending full = project_.run("up");
  EXPECT_EQ(full.code, 5) << full.out << full.err;
  EXPECT_NE((full.out + full.err).find("the history cannot be written: error 1114"),
            std::string::npos)
      << full.out << full.err;
  EXPECT_EQ(value("SELECT n FROM t WHERE id = 1"), "0");
  EXPECT_EQ(project_.run("status").code, 2);
  make_room();
  const Ending next = project_.run("up");
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  EXPECT_EQ(value("SELECT n FROM t WHERE id = 1"), "1");
  EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_journal"), "0");
}

INSTANTIATE_TEST_SUITE_P(Real, FullDisk, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FullDisk);

}  // namespace
}  // namespace migrate::testing
