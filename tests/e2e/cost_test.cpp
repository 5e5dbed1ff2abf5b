#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "project.h"
#include "support/proxy.h"

namespace migrate::testing {
namespace {

// The bounds. They are counts, which no machine and no neighbour changes; times are the benchmark's
// (tests/bench).
constexpr int files = 1000;
constexpr std::size_t round_trips_for_all_files = 60;
constexpr long queries_for_a_file = 3;  // its own, a look at what it made, and a share of the rest
constexpr std::size_t round_trips_for_nothing = 3;   // behind the login
constexpr std::size_t round_trips_for_a_status = 3;  // behind the login
constexpr long memory_for_a_big_file_kib = 32 * 1024;
constexpr int megabytes_of_the_big_file = 64;

/// What a run costs, counted between the program and the server.
class Cost : public ::testing::TestWithParam<std::string> {
 protected:
  struct Run {
    std::size_t connections = 0;
    std::size_t round_trips = 0;
    long queries = 0;
    long peak_memory_kib = 0;
    std::size_t behind_logins() const { return round_trips - connections; }
  };

  Run measured(const std::string& command) {
    const Proxy::Traffic before = proxy_.traffic();
    const long queries = questions();
    Process process = project_.start(
        {command, "--quiet", "--tls-mode", "disabled", "--url",
         "mysql://root@127.0.0.1:" + std::to_string(proxy_.port()) + "/" + project_.schema()});
    const Ending ending = process.wait(std::chrono::minutes(10));
    EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
    const Proxy::Traffic after = proxy_.traffic();
    // One of them asked for the number.
    return {after.connections - before.connections, after.round_trips - before.round_trips,
            questions() - queries - 1, process.peak_memory_kib()};
  }

  void write_files() {
    for (int number = 1; number <= files; ++number) {
      const std::string name = "t" + std::to_string(number);
      project_.write("migrations/" + std::to_string(number) + "_" + name + ".up.sql",
                     "CREATE TABLE " + name + " (id INT PRIMARY KEY, name VARCHAR(100));\n");
    }
  }

  /// A history of that many steps, at a server's cost of one transaction.
  void apply_cheap_files() {
    for (int number = 1; number <= files; ++number) {
      project_.write("migrations/" + std::to_string(number) + "_nothing.up.sql", "DO 1;\n");
    }
    const Ending ending = project_.run("up --quiet");
    ASSERT_EQ(ending.code, 0) << ending.out << ending.err;
  }

  long questions() {
    return std::stol(
        project_.sql().query("SHOW GLOBAL STATUS LIKE 'Questions'").at(0).at(1).value());
  }

  Project project_{RealServer::named(GetParam())};
  Proxy proxy_{project_.server().connection().socket};
};

TEST_P(Cost, of_many_files_with_a_schema_change_each) {
  write_files();
  const Run up = measured("up");
  EXPECT_LE(up.round_trips, round_trips_for_all_files);
  EXPECT_LE(up.queries, files * queries_for_a_file);
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM migrate_ledger WHERE state = 'applied'"),
            std::to_string(files));
}

TEST_P(Cost, of_finding_nothing_to_do) {
  apply_cheap_files();
  EXPECT_LE(measured("up").behind_logins(), round_trips_for_nothing);
}

TEST_P(Cost, of_a_status) {
  apply_cheap_files();
  EXPECT_LE(measured("status").behind_logins(), round_trips_for_a_status);
}

TEST_P(Cost, of_a_big_file_is_no_memory) {
  project_.sql().query("CREATE TABLE loaded (id INT PRIMARY KEY, text VARCHAR(1000))");
  // Not written from here: a child begins with its parent's memory, and that would be measured.
  const Ending written = project_.shell(
      "awk 'BEGIN { text = sprintf(\"%490s\", \"x\"); for (i = 0; i < " +
      std::to_string(megabytes_of_the_big_file * 20) +
      "; ++i) { printf(\"INSERT INTO loaded VALUES \"); "
      "for (row = 0; row < 100; ++row) printf(\"%s(%d,\\047%s\\047)\", row ? \",\" : \"\", "
      "i * 100 + row, text); print \";\" } }' > migrations/1_big.up.sql");
  ASSERT_EQ(written.code, 0) << written.err;
  EXPECT_LE(measured("up").peak_memory_kib, memory_for_a_big_file_kib);
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM loaded"),
            std::to_string(megabytes_of_the_big_file * 20 * 100));
}

INSTANTIATE_TEST_SUITE_P(E2e, Cost, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
