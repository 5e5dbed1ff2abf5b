#include "core/rehearsal/reach.h"

#include <gtest/gtest.h>

namespace migrate::core::rehearsal {
namespace {

std::string schema(const std::string& text) {
  return reaches_schema({.text = text, .effect = effect_of(text)}, {"shop", "mysql"});
}
std::string server(const std::string& text) {
  return reaches_server({.text = text, .effect = effect_of(text)});
}

TEST(Reach, SeesOtherSchemas) {
  EXPECT_EQ(schema("CREATE TABLE shop.t (id INT)"), "it changes t in the schema shop");
  EXPECT_EQ(schema("CREATE TABLE elsewhere.t (id INT)"), "it changes t in the schema elsewhere");
  EXPECT_EQ(schema("INSERT INTO t SELECT id FROM `Shop`.t"), "it names the schema shop");
  EXPECT_EQ(schema("CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW DELETE FROM shop . u"),
            "it names the schema shop");
  EXPECT_EQ(schema("USE shop"), "it goes over to the schema shop");
  EXPECT_EQ(schema("DROP DATABASE x"), "it changes the schema x by name");
}

TEST(Reach, LeavesTheOwnSchemaAlone) {
  EXPECT_EQ(schema("UPDATE t JOIN u ON u.id = t.id SET t.a = 'shop.t'"), "");
  EXPECT_EQ(schema("SELECT shop FROM t -- shop.t"), "");
  EXPECT_EQ(schema("SELECT 1 FROM information_schema.tables"), "");
  EXPECT_EQ(schema("ALTER DATABASE CHARACTER SET utf8mb4"), "");
}

TEST(Reach, SeesTheWholeServer) {
  EXPECT_NE(server("GRANT SELECT ON *.* TO a"), "");
  EXPECT_NE(server("CREATE USER a@b"), "");
  EXPECT_NE(server("SET GLOBAL max_connections = 1"), "");
  EXPECT_NE(server("FLUSH TABLES WITH READ LOCK"), "");
  EXPECT_EQ(server("SET SESSION sql_mode = ''"), "");
  EXPECT_EQ(server("ANALYZE TABLE t"), "");
}

}  // namespace
}  // namespace migrate::core::rehearsal
