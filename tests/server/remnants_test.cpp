// What a MariaDB server leaves behind that died in the CREATE of a partitioned table: the files of
// the table itself are gone, those of its partitions are not. And in the DROP of a trigger: a file
// of it that its table does not know.
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

constexpr const char* create =
    "CREATE TABLE `a-b` (id INT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS "
    "THAN (100), PARTITION `p-1` VALUES LESS THAN (200))";
constexpr const char* table_file = "a@002db";

class Remnants : public ::testing::TestWithParam<std::string> {
 protected:
  Remnants() : schema_(RealServer::named(GetParam())), raw_(schema_.connection()) {
    static const mysql::ClientLibrary library;
    session_ = mysql::open_server(schema_.connection(), {.run_id = "run-1"})->connect();
  }
  std::filesystem::path folder() {
    return std::filesystem::path(raw_.value("SELECT @@datadir")) / schema_.name();
  }
  std::vector<core::ObjectName> remnants() { return session_->schema().remnants({.name = "a-b"}); }

  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Session> session_;
};

TEST_P(Remnants, OfAPartitionedTableAreFoundAndDropped) {
  if (session_->info().family != core::ServerFamily::mariadb) GTEST_SKIP() << "atomic there";
  raw_.query(create);
  EXPECT_EQ(remnants().size(), 0U) << "the table is there";
  raw_.query("FLUSH TABLES `a-b`");
  for (const char* extension : {".frm", ".par"})
    ASSERT_TRUE(std::filesystem::remove(folder() / (std::string(table_file) + extension)));
  raw_.query("FLUSH TABLES");
  EXPECT_THROW(raw_.query(create), std::runtime_error);
  const auto found = remnants();
  EXPECT_EQ(found.size(), 2U);
  for (const core::ObjectName& remnant : found) session_->schema().drop(remnant);
  EXPECT_EQ(remnants().size(), 0U);
  raw_.query(create);
}

TEST_P(Remnants, AreNoneOfATableThatIsNotPartitioned) {
  EXPECT_EQ(remnants().size(), 0U);
  raw_.query("CREATE TABLE `a-b` (id INT)");
  EXPECT_EQ(remnants().size(), 0U);
}

/// How many of the table's triggers are left when the server dies in the DROP of one.
class TriggerRemnants : public Remnants {
 protected:
  static constexpr const char* create_first =
      "CREATE TRIGGER first BEFORE INSERT ON t FOR EACH ROW SET NEW.id = NEW.id + 1";
  const core::ObjectName first{.kind = core::ObjectKind::trigger, .name = "first"};

  /// Done but for the removal of the trigger's own file.
  void die_in_the_drop() {
    const std::filesystem::path file = folder() / "first.TRN";
    const std::filesystem::path kept = folder() / "first.kept";
    std::filesystem::copy_file(file, kept);
    raw_.query("DROP TRIGGER first");
    std::filesystem::rename(kept, file);
    raw_.query("FLUSH TABLES");
  }

  void expect_found_and_dropped() {
    EXPECT_THROW(raw_.query(create_first), std::runtime_error);
    const auto definition = session_->schema().definitions({first}).front();
    ASSERT_TRUE(definition) << "cannot be read";
    EXPECT_EQ(definition->fingerprint, "");
    const auto found = session_->schema().remnants(first);
    ASSERT_EQ(found, std::vector{first});
    session_->schema().drop(first);
    raw_.query(create_first);
    EXPECT_EQ(session_->schema().remnants(first).size(), 0U) << "the trigger is there";
  }
};

TEST_P(TriggerRemnants, OfOneOfSeveral) {
  if (session_->info().family != core::ServerFamily::mariadb) GTEST_SKIP() << "atomic there";
  raw_.query("CREATE TABLE t (id INT)");
  raw_.query(create_first);
  raw_.query("CREATE TRIGGER second AFTER INSERT ON t FOR EACH ROW SET @n = 1");
  die_in_the_drop();
  expect_found_and_dropped();
}

TEST_P(TriggerRemnants, OfTheLastOne) {
  if (session_->info().family != core::ServerFamily::mariadb) GTEST_SKIP() << "atomic there";
  raw_.query("CREATE TABLE t (id INT)");
  raw_.query(create_first);
  die_in_the_drop();
  expect_found_and_dropped();
}

INSTANTIATE_TEST_SUITE_P(Real, TriggerRemnants, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(TriggerRemnants);

INSTANTIATE_TEST_SUITE_P(Real, Remnants, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Remnants);

}  // namespace
}  // namespace migrate::testing
