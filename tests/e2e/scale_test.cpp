#include <cstdint>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "project.h"

namespace migrate::testing {
namespace {

class Scale : public ::testing::TestWithParam<std::string> {
 protected:
  Project project_{RealServer::named(GetParam())};
};

TEST_P(Scale, a_folder_of_120_steps_goes_up_and_down_and_up) {
  for (int step = 1; step <= 120; ++step) {
    const std::string number = std::to_string(step);
    const std::string table = "t" + std::to_string((step - 1) / 3);
    const std::string path = "migrations/" + std::to_string(2026010000 + step) + "_step" + number;
    switch (step % 3) {
      case 1:
        project_.write(path + ".up.sql", "CREATE TABLE " + table + " (id INT PRIMARY KEY);\n");
        project_.write(path + ".down.sql", "DROP TABLE " + table + ";\n");
        break;
      case 2:
        project_.write(path + ".up.sql", "INSERT INTO " + table + " VALUES (1), (2);\n");
        project_.write(path + ".down.sql", "DELETE FROM " + table + ";\n");
        break;
      default:
        project_.write(path + ".up.sql", "ALTER TABLE " + table +
                                             " ADD COLUMN note VARCHAR(20);\nCREATE INDEX by_note "
                                             "ON " +
                                             table + " (note);\n");
        project_.write(path + ".down.sql", "ALTER TABLE " + table + " DROP COLUMN note;\n");
    }
  }
  const auto count = [&](const std::string& json, const std::string& status) {
    std::size_t found = 0;
    const auto status_document = nlohmann::json::parse(json);
    for (const auto& step : status_document.at("steps")) {
      if (step.at("status") == status) ++found;
    }
    return found;
  };
  EXPECT_EQ(count(project_.run("status --format json").out, "pending"), 120U);
  const Ending up = project_.run("up");
  ASSERT_EQ(up.code, 0) << up.out << up.err;
  EXPECT_EQ(count(project_.run("status --format json").out, "applied"), 120U);
  const std::string schema = project_.schema_text();
  const Ending down = project_.run("down --all");
  ASSERT_EQ(down.code, 0) << down.out << down.err;
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM information_schema.tables WHERE "
                                 "table_schema = DATABASE() AND table_name LIKE 't%'"),
            "0");
  EXPECT_EQ(count(project_.run("status --format json").out, "pending"), 120U);
  EXPECT_EQ(project_.run("up").code, 0);
  EXPECT_EQ(project_.schema_text(), schema);
}

TEST_P(Scale, of_many_steps_each_is_recorded_with_the_time_that_it_took) {
  constexpr int steps = 150;
  for (int step = 1; step <= steps; ++step) {
    const std::string number = std::to_string(step);
    project_.write("migrations/" + number + "_step.up.sql",
                   "CREATE TABLE t" + number + " (id INT PRIMARY KEY);\n");
  }
  const Ending up = project_.run("up --format json");
  ASSERT_EQ(up.code, 0) << up.out << up.err;
  std::map<std::string, std::uint64_t> told;
  const auto report = nlohmann::json::parse(up.out);
  for (const auto& step : report.at("steps"))
    told[step.at("key")] = step.at("duration_us").get<std::uint64_t>();
  ASSERT_EQ(told.size(), steps);
  for (const char* table : {"migrate_ledger", "migrate_log WHERE event = 'applied'"}) {
    std::map<std::string, std::uint64_t> recorded;
    for (const auto& row :
         project_.sql().query(std::string("SELECT id, duration_us FROM ") + table))
      recorded[row.at(0).value()] = std::stoull(row.at(1).value());
    EXPECT_EQ(recorded, told) << table;
  }
}

TEST_P(Scale, the_rows_of_a_select_are_never_held) {
  project_.sql().query("CREATE TABLE digits (d INT PRIMARY KEY)");
  project_.sql().query("INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)");
  const auto peak = [&](const std::string& file, const std::string& from) {
    project_.write(file, "SELECT a.d, REPEAT('x', 200) FROM " + from + ";\n");
    Process process = project_.start({"exec", file});
    const Ending ending = process.wait();
    EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
    return process.peak_memory_kib();
  };
  const long ten_rows = peak("small.sql", "digits a");
  const long million_rows =
      peak("big.sql", "digits a, digits b, digits c, digits d, digits e, digits f");
  // The million is 200 MB.
  EXPECT_LT(million_rows, ten_rows + 20 * 1024);
}

TEST_P(Scale, a_long_file_is_never_held) {
  project_.sql().query("CREATE TABLE t (id INT PRIMARY KEY, text VARCHAR(2000)) ENGINE=InnoDB");
  const auto peak = [&](const std::string& version, int statements) {
    // Not written from here: a child begins with its parent's memory, and that would be measured.
    const Ending written = project_.shell(
        "awk 'BEGIN { text = sprintf(\"%1000s\", \"x\"); for (i = 0; i < " +
        std::to_string(statements) +
        "; ++i) printf(\"REPLACE INTO t VALUES (%d, \\047%s\\047);\\n\", i % 100, text) }' "
        "> migrations/" +
        version + "_long.up.sql");
    EXPECT_EQ(written.code, 0) << written.err;
    Process process = project_.start({"up", "--quiet"});
    const Ending ending = process.wait();
    EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
    return process.peak_memory_kib();
  };
  const long short_file = peak("1", 10);
  const long long_file = peak("2", 30000);
  // The long one is 30 MB.
  EXPECT_LT(long_file, short_file + 15 * 1024);
  EXPECT_LT(long_file, 32 * 1024);
}

TEST_P(Scale, what_no_memory_holds_ends_with_the_code_of_an_internal_error) {
  // A string of 1 GiB of zero bytes that takes no room on the disk, in 400 MB of address space.
  const Ending ending = project_.shell(
      "printf \"SELECT '\" > migrations/1_huge.up.sql && truncate -s 1G migrations/1_huge.up.sql "
      "&& "
      "ulimit -v 400000 && exec ${migrate} validate");
  EXPECT_EQ(ending.code, 70) << ending.out << ending.err;
  EXPECT_NE(ending.err.find("report"), std::string::npos) << ending.err;
}

INSTANTIATE_TEST_SUITE_P(E2e, Scale, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
