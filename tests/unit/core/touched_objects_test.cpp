#include "core/touched_objects.h"

#include <string>

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

std::string names(const std::set<ObjectName>& objects) {
  std::string text;
  for (const ObjectName& object : objects) text += (text.empty() ? "" : " ") + object.name;
  return text;
}

TEST(TouchedObjects, WhatIsSimplyCreatedIsNotReliedOn) {
  TouchedObjects touched;
  touched.add(Effect::schema, "CREATE TABLE a (id INT)");
  EXPECT_EQ(names(touched.changed), "a");
  EXPECT_EQ(names(touched.relied_on), "");
  touched.add(Effect::schema, "CREATE TABLE IF NOT EXISTS b (id INT)");
  touched.add(Effect::schema, "CREATE INDEX i ON c (id)");
  touched.add(Effect::schema, "DROP TABLE d");
  EXPECT_EQ(names(touched.changed), "a b c d");
  EXPECT_EQ(names(touched.relied_on), "b c d");
  EXPECT_FALSE(touched.others);
}

TEST(TouchedObjects, WhatIsNotInTheTextMayBeAnything) {
  const auto others = [](Effect effect, const std::string& text) {
    TouchedObjects touched;
    touched.add(effect, text);
    return touched.others;
  };
  EXPECT_TRUE(others(Effect::schema, "RENAME TABLE a TO b"));
  EXPECT_TRUE(others(Effect::schema, "EXECUTE s"));
  EXPECT_TRUE(others(Effect::data, "call p()"));
  EXPECT_FALSE(others(Effect::data, "CALLED"));
  EXPECT_FALSE(others(Effect::data, "INSERT INTO a VALUES ('CALL p()')"));
  EXPECT_FALSE(others(Effect::schema, "ALTER TABLE a ADD b INT"));
}

TEST(TouchedObjects, DataTouchesNone) {
  TouchedObjects touched;
  touched.add(Effect::data, "UPDATE a SET id = 1");
  touched.add(Effect::session, "CREATE TEMPORARY TABLE t (id INT)");
  EXPECT_FALSE(touched.any());
}

}  // namespace
}  // namespace migrate::core
