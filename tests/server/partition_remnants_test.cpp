// What a MariaDB server that died in the CREATE of a partitioned table leaves behind: the files of
// the table itself are gone, those of its partitions are not.
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
constexpr const char* file = "a@002db";

class PartitionRemnants : public ::testing::TestWithParam<std::string> {
 protected:
  PartitionRemnants() : schema_(RealServer::named(GetParam())), raw_(schema_.connection()) {
    static const mysql::ClientLibrary library;
    session_ = mysql::open_server(schema_.connection(), {.run_id = "run-1"})->connect();
  }
  std::vector<core::ObjectName> remnants() { return session_->schema().remnants({.name = "a-b"}); }

  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Session> session_;
};

TEST_P(PartitionRemnants, AreFoundAndDropped) {
  if (session_->info().family != core::ServerFamily::mariadb) GTEST_SKIP() << "atomic there";
  raw_.query(create);
  EXPECT_EQ(remnants().size(), 0U) << "the table is there";
  raw_.query("FLUSH TABLES `a-b`");
  const std::filesystem::path folder =
      std::filesystem::path(raw_.value("SELECT @@datadir")) / schema_.name();
  for (const char* extension : {".frm", ".par"})
    ASSERT_TRUE(std::filesystem::remove(folder / (std::string(file) + extension)));
  raw_.query("FLUSH TABLES");
  EXPECT_THROW(raw_.query(create), std::runtime_error);
  const auto found = remnants();
  EXPECT_EQ(found.size(), 2U);
  for (const core::ObjectName& remnant : found) session_->schema().drop(remnant);
  EXPECT_EQ(remnants().size(), 0U);
  raw_.query(create);
}

TEST_P(PartitionRemnants, AreNoneOfATableThatIsNotPartitioned) {
  EXPECT_EQ(remnants().size(), 0U);
  raw_.query("CREATE TABLE `a-b` (id INT)");
  EXPECT_EQ(remnants().size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Real, PartitionRemnants, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PartitionRemnants);

}  // namespace
}  // namespace migrate::testing
