#include "core/schema/ignore.h"

#include <gtest/gtest.h>

namespace migrate::core::schema {
namespace {

TEST(Ignore, APatternMatchesTheWholeName) {
  EXPECT_TRUE(ignored("_orders_gho", {"_*_gho"}));
  EXPECT_TRUE(ignored("_a_gho_gho", {"_*_gho"})) << "a star may have to try again";
  EXPECT_FALSE(ignored("_orders_gho2", {"_*_gho"}));
  EXPECT_FALSE(ignored("x_orders_gho", {"_*_gho"}));
  EXPECT_TRUE(ignored("tmp", {"t?p"}));
  EXPECT_FALSE(ignored("tp", {"t?p"}));
  EXPECT_TRUE(ignored("", {"*"}));
  EXPECT_FALSE(ignored("a", {""}));
  EXPECT_TRUE(ignored("a.b(c", {"a.b(c"})) << "no regular expression";
  EXPECT_FALSE(ignored("axb", {"a.b"}));
}

TEST(Ignore, ByDefaultWhatOnlineChangeToolsLeave) {
  for (const char* name : {"_orders_new", "_orders_old", "_orders_gho", "_orders_ghc",
                           "_orders_del", "#sql-1a2b", "pt_osc_shop_orders_del"}) {
    EXPECT_TRUE(ignored(name, default_ignore_patterns())) << name;
  }
  for (const char* name : {"orders", "orders_new", "_orders"})
    EXPECT_FALSE(ignored(name, default_ignore_patterns())) << name;
}

TEST(Ignore, ATriggerGoesWithItsTable) {
  Schema schema{.tables = {{.name = "_a_gho"}, {.name = "a"}},
                .triggers = {{.name = "x", .table = "_a_gho"}, {.name = "y", .table = "a"}}};
  schema = without_ignored(std::move(schema), {"_*"});
  ASSERT_EQ(schema.tables.size(), 1U);
  ASSERT_EQ(schema.triggers.size(), 1U);
  EXPECT_EQ(schema.triggers[0].name, "y");
}

}  // namespace
}  // namespace migrate::core::schema
