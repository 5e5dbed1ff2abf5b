// A snapshot makes the schema again, and the snapshot of that is the same file.
#include <gtest/gtest.h>

#include "project.h"
#include "support/hard_schema.h"

namespace migrate::testing {
namespace {

class Snapshot : public ::testing::TestWithParam<std::string> {
 protected:
  bool mariadb() {
    return project_.sql().value("SELECT VERSION()").find("MariaDB") != std::string::npos;
  }

  void make_hard_schema() {
    project_.sql().query("SET NAMES utf8mb4");
    for (const std::string& statement :
         hard_schema(mariadb() ? core::ServerFamily::mariadb : core::ServerFamily::mysql)) {
      SCOPED_TRACE(statement);
      project_.sql().query(statement);
    }
  }

  static std::string snapshot_of(Project& project, const std::string& arguments = "") {
    const Ending ending = project.run("snapshot " + arguments);
    EXPECT_EQ(ending.code, 0) << ending.err;
    return ending.out;
  }

  Project project_{RealServer::named(GetParam())};
  Project other_{RealServer::named(GetParam())};
};

TEST_P(Snapshot, made_again_by_exec_it_is_the_same) {
  make_hard_schema();
  const std::string first = snapshot_of(project_);
  EXPECT_EQ(snapshot_of(project_), first);
  ASSERT_EQ(project_.run("snapshot --out schema.sql").code, 0);
  EXPECT_EQ(project_.read("schema.sql"), first);
  const Ending loaded =
      other_.run("exec " + (project_.directory() / "schema.sql").string() + " --yes");
  ASSERT_EQ(loaded.code, 0) << loaded.out << loaded.err;
  EXPECT_EQ(snapshot_of(other_), first);
}

TEST_P(Snapshot, made_again_by_the_client_it_is_the_same) {
  make_hard_schema();
  const std::string first = snapshot_of(project_);
  ASSERT_EQ(project_.run("snapshot --out schema.sql").code, 0);
  const Ending loaded = other_.shell(
      "$(command -v mariadb || command -v mysql) --no-defaults --comments --user=root --socket=" +
      other_.server().connection().socket + " " + other_.schema() + " < " +
      (project_.directory() / "schema.sql").string());
  ASSERT_EQ(loaded.code, 0) << loaded.out << loaded.err;
  EXPECT_EQ(snapshot_of(other_), first);
}

TEST_P(Snapshot, nothing_in_it_tells_whose_it_was_and_when) {
  make_hard_schema();
  const std::string text = snapshot_of(project_);
  EXPECT_EQ(text.find(project_.schema()), std::string::npos);
  EXPECT_EQ(text.find("DEFINER="), std::string::npos);
  EXPECT_EQ(text.find("AUTO_INCREMENT=4"), std::string::npos);
  EXPECT_EQ(text.find("STARTS TIMESTAMP"), std::string::npos);
  EXPECT_NE(snapshot_of(project_, "--definers").find("DEFINER=`root`@`localhost`"),
            std::string::npos);
}

TEST_P(Snapshot, with_definers_it_makes_the_same_again) {
  make_hard_schema();
  ASSERT_EQ(project_.run("snapshot --definers --out schema.sql").code, 0);
  const Ending loaded =
      other_.run("exec " + (project_.directory() / "schema.sql").string() + " --yes");
  ASSERT_EQ(loaded.code, 0) << loaded.out << loaded.err;
  EXPECT_EQ(snapshot_of(other_, "--definers"), project_.read("schema.sql"));
}

TEST_P(Snapshot, the_session_that_loads_it_is_as_it_was) {
  make_hard_schema();
  ASSERT_EQ(project_.run("snapshot --out schema.sql").code, 0);
  const Ending loaded = other_.shell(
      "(echo \"SET sql_mode = 'ANSI_QUOTES', foreign_key_checks = 0, time_zone = '+03:00', "
      "collation_connection = utf8mb4_bin;\"; cat " +
      (project_.directory() / "schema.sql").string() +
      "; echo 'SELECT @@sql_mode, @@foreign_key_checks, @@time_zone, @@collation_connection;') | "
      "$(command -v mariadb || command -v mysql) --no-defaults --comments -N --user=root "
      "--socket=" +
      other_.server().connection().socket + " " + other_.schema());
  ASSERT_EQ(loaded.code, 0) << loaded.out << loaded.err;
  EXPECT_EQ(loaded.out, "ANSI_QUOTES\t0\t+03:00\tutf8mb4_bin\n");
}

TEST_P(Snapshot, what_is_ignored_is_not_in_it) {
  project_.sql().query("CREATE TABLE orders (id INT)");
  project_.sql().query("CREATE TABLE _orders_gho (id INT)");
  project_.sql().query("CREATE TABLE tmp_orders (id INT)");
  const std::string text = snapshot_of(project_);
  EXPECT_NE(text.find("CREATE TABLE `orders`"), std::string::npos);
  EXPECT_NE(text.find("CREATE TABLE `tmp_orders`"), std::string::npos);
  EXPECT_EQ(text.find("_gho"), std::string::npos);
  project_.write("migrate.yaml", project_.read("migrate.yaml") + "\nignore: [\"tmp_*\"]\n");
  EXPECT_EQ(snapshot_of(project_).find("tmp_"), std::string::npos);
}

TEST_P(Snapshot, a_file_that_cannot_be_written_is_left_alone) {
  project_.write("kept/schema.sql", "before");
  const Ending ending = project_.run("snapshot --out kept/schema.sql/no");
  EXPECT_EQ(ending.code, 78) << ending.out;
  EXPECT_EQ(project_.read("kept/schema.sql"), "before");
}

INSTANTIATE_TEST_SUITE_P(E2e, Snapshot, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Snapshot);

}  // namespace
}  // namespace migrate::testing
