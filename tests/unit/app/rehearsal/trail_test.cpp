#include "rehearsal/trail.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/fault.h"
#include "support/memory_steps.h"

namespace migrate::testing {
namespace {

using ::testing::ElementsAre;

/// Tables whose fingerprints a test sets, and what was asked for.
class TablesInMemory : public port::Schema {
 public:
  core::schema::Schema read() override {
    looks.emplace_back("everything");
    return schema_of([](const std::string&) { return true; });
  }
  core::schema::Schema read(const std::vector<core::ObjectName>& objects) override {
    if (locked) throw core::Fault(core::ExitCode::statement_failed, "locked");
    for (const core::ObjectName& object : objects) looks.push_back(object.name);
    return schema_of([&](const std::string& table) {
      return std::ranges::find(objects, table, &core::ObjectName::name) != objects.end();
    });
  }

  core::schema::Schema read_with_sizes() override { return read(); }
  std::vector<core::estimate::TableSize> sizes(
      const std::vector<core::ObjectName>& /*tables*/) override {
    throw std::logic_error("not asked for");
  }
  std::vector<core::ObjectName> objects() override { throw std::logic_error("not asked for"); }
  std::vector<std::optional<port::Definition>> definitions(
      const std::vector<core::ObjectName>& /*objects*/) override {
    throw std::logic_error("not asked for");
  }
  std::vector<std::optional<std::string>> identities(
      const std::vector<core::ObjectName>& /*tables*/) override {
    throw std::logic_error("not asked for");
  }
  Rehearsed rehearse(const core::ObjectName& /*table*/,
                     const core::Rehearsal& /*rehearsal*/) override {
    throw std::logic_error("not asked for");
  }
  std::vector<core::ObjectName> remnants(const core::ObjectName& /*object*/) override {
    throw std::logic_error("not asked for");
  }
  void drop(const core::ObjectName& /*object*/) override {
    throw std::logic_error("not asked for");
  }
  std::optional<port::ShapeDifference> difference(const std::string& /*create_table*/) override {
    throw std::logic_error("not asked for");
  }

  std::map<std::string, std::string> tables;
  std::vector<std::string> looks;
  bool locked = false;

 private:
  template <class Wanted>
  core::schema::Schema schema_of(const Wanted& wanted) const {
    core::schema::Schema schema;
    for (const auto& [name, fingerprint] : tables) {
      if (!wanted(name)) continue;
      core::schema::Table table;
      table.name = name;
      table.fingerprint = fingerprint;
      schema.tables.push_back(std::move(table));
    }
    return schema;
  }
};

class TrailOfAScript : public ::testing::Test {
 protected:
  app::Trail trail(const std::string& text) {
    files_.up("1", text);
    return {schema_, files_, files_.load().catalog.versioned.at(0).up};
  }

  MemorySteps files_;
  TablesInMemory schema_;
};

TEST_F(TrailOfAScript, IsTheSameWhereTheSchemaIs) {
  schema_.tables = {{"a", "1"}, {"b", "1"}};
  app::Trail trail = this->trail(
      "ALTER TABLE a ADD n INT; INSERT INTO a VALUES (1); SET @x = 1; ALTER TABLE a DROP n;");
  schema_.tables["a"] = "2";
  trail.look_behind(1);
  schema_.tables["a"] = "1";
  trail.look_behind(4);
  EXPECT_EQ(trail.mark_behind(0), trail.mark_behind(4));
  EXPECT_NE(trail.mark_behind(0), trail.mark_behind(1));
  // What changes nothing leaves what was there.
  EXPECT_EQ(trail.mark_behind(3), trail.mark_behind(1));
  EXPECT_THAT(schema_.looks, ElementsAre("everything", "a", "a"));
}

TEST_F(TrailOfAScript, LooksAtEverythingWhereAStatementMayReachFurther) {
  schema_.tables = {{"a", "1"}, {"b", "1"}};
  app::Trail trail = this->trail(
      "ALTER TABLE a RENAME COLUMN m TO n; RENAME TABLE a TO c; DROP TABLE b; CALL p(); "
      "ALTER TABLE c ADD n INT;");
  for (std::uint64_t statement = 1; statement <= 5; ++statement) trail.look_behind(statement);
  EXPECT_THAT(schema_.looks, ElementsAre("everything", "everything", "everything", "everything",
                                         "everything", "c"));
}

TEST_F(TrailOfAScript, DoesNotKnowWhereNobodyLooked) {
  schema_.tables = {{"a", "1"}};
  app::Trail trail = this->trail("ALTER TABLE a ADD n INT; ALTER TABLE a ADD m INT; SELECT 1;");
  trail.look_behind(2);
  EXPECT_FALSE(trail.mark_behind(1));
  EXPECT_TRUE(trail.mark_behind(3));
  EXPECT_FALSE(trail.mark_behind(4)) << "there is no such statement";
}

TEST_F(TrailOfAScript, EndsWhereItMayNotLook) {
  schema_.tables = {{"a", "1"}};
  app::Trail trail = this->trail("ALTER TABLE a ADD n INT; ALTER TABLE a ADD m INT;");
  schema_.locked = true;
  trail.look_behind(1);
  schema_.locked = false;
  trail.look_behind(2);
  EXPECT_TRUE(trail.mark_behind(0));
  EXPECT_FALSE(trail.mark_behind(1));
  EXPECT_FALSE(trail.mark_behind(2));
}

}  // namespace
}  // namespace migrate::testing
