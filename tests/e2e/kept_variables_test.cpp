// What a step's session held when `migrate` was killed, behind a schema change.
#include <string>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX

#include "watched_project.h"

namespace migrate::testing {
namespace {

class KeptVariables : public WatchedProject {
 protected:
  /// Runs `up` with these statements in front of an ALTER that waits, and `behind` behind it; kills
  /// it there and goes on.
  void killed_between(const std::string& front, const std::string& behind) {
    project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
    project_.write("migrations/1_variables.up.sql",
                   "SET SESSION lock_wait_timeout = 600;\n" + front +
                       "ALTER TABLE held ADD COLUMN note INT;\n" + behind);
    project_.sql().query("LOCK TABLES held READ");
    Process up = project_.start({"up"});
    ASSERT_TRUE(comes_to_run("ALTER TABLE held"));
    const std::string connection = connection_running("ALTER TABLE held");
    up.signal(SIGKILL);
    up.wait();
    // MySQL does not notice that the client of a waiting statement is gone.
    if (GetParam() == "mysql") look_.query("KILL " + connection);
    ASSERT_TRUE(is_gone("ALTER TABLE held"));
    project_.sql().query("UNLOCK TABLES");
    const Ending next = project_.run("up");
    EXPECT_EQ(next.code, 0) << next.out << next.err;
    EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_journal"), "0");
    for (const std::string& secret : {std::string("s3cret"), std::string("733363726574")}) {
      EXPECT_EQ((next.out + next.err).find(secret), std::string::npos) << next.out << next.err;
      EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_log WHERE message LIKE '%" + secret + "%'"),
                "0");
    }
  }
};

TEST_P(KeptVariables, are_those_of_the_first_time) {
  killed_between(
      "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, n INT, s VARCHAR(20));\n"
      "CREATE TABLE gone (id INT);\n"
      "INSERT INTO t VALUES (10, 0, '');\n"
      "SET @count = (SELECT COUNT(*) FROM t), @password = 's3cret';\n"
      "SET @of_gone = (SELECT COUNT(*) FROM gone);\n"
      "INSERT INTO t (n) VALUES (1), (2), (3);\n"
      "SELECT MAX(id) INTO @most FROM t;\n"
      "DROP TABLE gone;\n"
      "UPDATE t SET s = 'x';\n",
      "INSERT INTO t (id, n, s) VALUES (100, @count, @password), (101, @most, @of_gone), "
      "(102, LAST_INSERT_ID(), NULL);\n");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(n ORDER BY id) FROM t WHERE id >= 100"), "1,13,11");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(s ORDER BY id) FROM t WHERE id >= 100"), "s3cret,0");
}

TEST_P(KeptVariables, are_what_a_statement_was_prepared_from) {
  killed_between(
      "CREATE TABLE t (n INT);\n"
      "SET @sql = IF((SELECT COUNT(*) FROM t) = 0, 'INSERT INTO t VALUES (?)', 'DO ?');\n"
      "PREPARE p FROM @sql;\n"
      "SET @n = 5;\n"
      "EXECUTE p USING @n;\n",
      "SET @n = @n + 1;\n"
      "EXECUTE p USING @n;\n"
      "DEALLOCATE PREPARE p;\n");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(n ORDER BY n) FROM t"), "5,6");
}

TEST_P(KeptVariables, are_restored_where_a_prepared_change_was_decided_by_what_was_there) {
  killed_between(
      "CREATE TABLE t (n INT);\n"
      "SET @missing = (SELECT COUNT(*) = 0 FROM information_schema.columns WHERE table_schema = "
      "DATABASE() AND table_name = 't' AND column_name = 'c');\n"
      "SET @sql = IF(@missing, 'ALTER TABLE t ADD COLUMN c INT', 'DO 0');\n"
      "PREPARE p FROM @sql;\n"
      "EXECUTE p;\n"
      "DEALLOCATE PREPARE p;\n",
      "INSERT INTO t VALUES (@missing, LENGTH(@sql));\n");
  EXPECT_EQ(value("SELECT CONCAT(n, ' ', c) FROM t"), "1 30");
}

TEST_P(KeptVariables, may_be_the_row_count_of_the_statement_in_front) {
  killed_between(
      "CREATE TABLE t (n INT);\n"
      "INSERT INTO t VALUES (10), (20), (30);\n"
      "SET @rows = ROW_COUNT();\n",
      "INSERT INTO t VALUES (@rows);\n");
  EXPECT_EQ(value("SELECT MIN(n) FROM t"), "3");
}

INSTANTIATE_TEST_SUITE_P(E2e, KeptVariables, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
