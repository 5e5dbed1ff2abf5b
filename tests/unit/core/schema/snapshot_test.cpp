#include "core/schema/snapshot.h"

#include <gtest/gtest.h>

#include "core/schema/definition_text.h"
#include "core/splitter.h"

namespace migrate::core::schema {
namespace {

Table table(const std::string& name, const std::string& elements) {
  return read_create_table("CREATE TABLE `" + name + "` (\n" + elements + "\n) ENGINE=InnoDB", "")
      .value();
}

Schema schema() {
  return {.family = ServerFamily::mariadb, .name = "shop", .collation = "utf8mb4_bin"};
}

std::vector<std::string> statements(const std::string& text) {
  std::vector<std::string> found;
  Splitter splitter;
  splitter.feed(text);
  splitter.finish();
  for (;;) {
    const SplitResult result = splitter.next();
    const auto* piece = std::get_if<Piece>(&result);
    if (piece == nullptr) return found;
    if (piece->kind == Piece::Kind::statement) found.emplace_back(piece->text);
  }
}

std::size_t place(const std::vector<std::string>& all, const std::string& begin) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].starts_with(begin)) return i;
  }
  ADD_FAILURE() << "no " << begin;
  return 0;
}

TEST(SchemaSnapshot, TablesComeBehindThoseThatTheyName) {
  Schema shop = schema();
  const auto key = [](const std::string& to) {
    return "`p` int,\nCONSTRAINT `fk_" + to + "` FOREIGN KEY (`p`) REFERENCES `" + to + "` (`p`)";
  };
  shop.tables = {table("a", key("z")), table("x", key("y")), table("y", key("x")),
                 table("z", "`p` int")};
  const auto all = statements(snapshot(shop, Definers::whoever_loads));
  EXPECT_LT(place(all, "CREATE TABLE `z`"), place(all, "CREATE TABLE `a`"));
  EXPECT_GT(place(all, "ALTER TABLE `y`\n  ADD CONSTRAINT `fk_x`"), place(all, "CREATE TABLE `x`"));
}

TEST(SchemaSnapshot, AProgramIsOneStatementWhateverIsInIt) {
  Schema shop = schema();
  const std::string body = "CREATE PROCEDURE `p`()\nBEGIN SELECT ';;'; SELECT 1;; END";
  shop.routines = {{.name = "p",
                    .definition = body,
                    .definer = "`a`@`b`",
                    .creation = {.sql_mode = "ANSI_QUOTES", .collation = "latin1_bin"}}};
  const auto all = statements(snapshot(shop, Definers::whoever_loads));
  const std::size_t at = place(all, "CREATE PROCEDURE");
  EXPECT_EQ(all[at], body);
  EXPECT_EQ(all[at - 1], "SET SESSION sql_mode = 'ANSI_QUOTES', collation_connection = latin1_bin");
  EXPECT_EQ(all.back().substr(0, 40), "SET SESSION sql_mode = @migrate_mode, ti");
}

TEST(SchemaSnapshot, DefinersStandWhereTheGrammarHasThem) {
  Schema shop = schema();
  shop.views = {
      {.name = "v",
       .definition = "CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v` AS select 1",
       .definer = "`a`@`b`"}};
  shop.events = {{.name = "e", .definition = "CREATE EVENT `e` …", .definer = "`a`@`b`"}};
  const std::string text = snapshot(shop, Definers::kept);
  EXPECT_NE(text.find("CREATE ALGORITHM=UNDEFINED DEFINER=`a`@`b` SQL SECURITY DEFINER VIEW `v`"),
            std::string::npos);
  EXPECT_NE(text.find("CREATE DEFINER=`a`@`b` EVENT `e`"), std::string::npos);
}

TEST(SchemaSnapshot, NamesTheFamilyAndNothingThatChanges) {
  const std::string text = snapshot(schema(), Definers::whoever_loads);
  EXPECT_EQ(text.substr(0, text.find('\n')), "-- migrate snapshot, format 1, MariaDB");
  EXPECT_EQ(text.find("shop"), std::string::npos);
}

}  // namespace
}  // namespace migrate::core::schema
