// What is told of a statement while it runs.
#include <string>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX

#include "watched_project.h"

namespace migrate::testing {
namespace {

class LongStatement : public WatchedProject {
 protected:
  LongStatement() {
    project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY) ENGINE=InnoDB");
    project_.sql().query("CREATE TABLE beside (id INT PRIMARY KEY) ENGINE=InnoDB");
  }
  ~LongStatement() override { tell_stages("YES"); }

  bool is_mysql() const { return GetParam() == "mysql"; }

  void tell_stages(const std::string& enabled) {
    if (!is_mysql()) return;
    look_.query("UPDATE performance_schema.setup_instruments SET enabled = '" + enabled +
                "' WHERE name = 'stage/sql/copy to tmp table'");
  }
  std::string stages_told() {
    return look_.value(
        "SELECT enabled FROM performance_schema.setup_instruments "
        "WHERE name = 'stage/sql/copy to tmp table'");
  }

  /// An ALTER that takes many minutes: some milliseconds for each row.
  void write_endless_alter() {
    project_.sql().query("INSERT INTO held SELECT 1");
    for (int rows = 1; rows < 100'000; rows *= 2)
      project_.sql().query("INSERT INTO held SELECT id + " + std::to_string(rows) + " FROM held");
    project_.write("migrations/1_copies.up.sql",
                   "ALTER TABLE held ADD COLUMN digest CHAR(128) "
                   "AS (SHA2(REPEAT(CAST(id AS CHAR), 200000), 512)) STORED, ALGORITHM=COPY;\n");
  }

  static std::size_t times(const std::string& text, const std::string& words) {
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
      ++count;
    return count;
  }

  std::size_t looks() {
    if (told("progressed").empty()) return 0;
    return times(project_.read("events"), "\"event\":\"progressed\"");
  }

  static std::string connection(const std::string& id) { return "\"connection_id\":" + id + ","; }
};

TEST_P(LongStatement, names_who_is_in_the_way_while_it_waits) {
  project_.write("migrations/1_alters.up.sql",
                 "SET SESSION lock_wait_timeout = 600;\nALTER TABLE held ADD COLUMN note INT;\n");
  RawConnection holder(project_.server().connection());
  holder.query("BEGIN");
  holder.query("SELECT * FROM " + project_.schema() + ".held");
  const std::string id = holder.value("SELECT CONNECTION_ID()");
  RawConnection bystander(project_.server().connection());
  bystander.query("BEGIN");
  bystander.query("SELECT * FROM " + project_.schema() + ".beside");
  const std::string other = bystander.value("SELECT CONNECTION_ID()");
  Process up = project_.start({"up", "--events", "events"});
  const bool named = is_told("blocked");
  const std::string altered = connection_running("ALTER TABLE held");
  const bool progressed = is_told("progressed", "\"waits_for_lock\":true");
  holder.query("COMMIT");
  const Ending ending = up.wait();
  ASSERT_TRUE(named && progressed) << ending.out << ending.err;
  EXPECT_NE(altered, "") << "it was told behind the end of the statement";
  EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  const std::string blocked = told("blocked");
  EXPECT_NE(blocked.find(connection(id)), std::string::npos) << blocked;
  EXPECT_NE(blocked.find(is_mysql() ? "\"certain\":true" : "\"certain\":false"), std::string::npos);
  // Who is at another table is not in the way, where the server tells who is at which.
  EXPECT_EQ(blocked.find(connection(other)) == std::string::npos, is_mysql()) << blocked;
  EXPECT_EQ(times(ending.err, "connection " + id + " "), 1U) << ending.err;
  EXPECT_EQ(times(ending.err, "UPDATE performance_schema"), 0U) << ending.err;
}

TEST_P(LongStatement, is_told_how_far_it_is_where_the_server_tells) {
  write_endless_alter();
  Process up = project_.start({"up", "--events", "events"});
  const bool paced = is_told("progressed", "\"left_s\":");
  up.signal(SIGINT);
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  ASSERT_TRUE(paced) << ending.out << ending.err;
  const std::string line = told("progressed", "\"left_s\":");
  EXPECT_NE(line.find("\"percent\":"), std::string::npos) << line;
  EXPECT_NE(line.find(is_mysql() ? "\"unit\":\"rows\"" : "\"unit\":\"percent\""), std::string::npos)
      << line;
  EXPECT_NE(line.find("\"per_second\":"), std::string::npos) << line;
  EXPECT_EQ(told("progressed", "\"hint\""), "");
}

TEST_P(LongStatement, says_what_to_switch_on_where_the_server_does_not_tell) {
  if (!is_mysql()) GTEST_SKIP() << "MariaDB always tells";
  tell_stages("NO");
  write_endless_alter();
  Process up = project_.start({"up", "--events", "events"});
  const bool hinted = is_told("progressed", "\"hint\"");
  const bool later = eventually([&] { return looks() > 4; });
  up.signal(SIGINT);
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  ASSERT_TRUE(hinted && later) << ending.out << ending.err;
  EXPECT_EQ(told("progressed", "\"percent\":"), "");
  EXPECT_EQ(times(ending.err, "UPDATE performance_schema.setup_instruments"), 1U) << ending.err;
  EXPECT_EQ(stages_told(), "NO") << "that is the administrator's to switch";
}

TEST_P(LongStatement, of_which_no_server_tells_how_far_it_is) {
  project_.write("migrations/1_sleeps.up.sql", "DO SLEEP(3600);\n");
  Process up = project_.start({"up", "--events", "events"});
  const bool watched = eventually([&] { return looks() > 4; });
  up.signal(SIGINT);
  const Ending ending = up.wait();
  ASSERT_TRUE(watched) << ending.out << ending.err;
  EXPECT_EQ(told("progressed", "\"hint\""), "");
  EXPECT_EQ(told("blocked"), "");
}

INSTANTIATE_TEST_SUITE_P(E2e, LongStatement, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
