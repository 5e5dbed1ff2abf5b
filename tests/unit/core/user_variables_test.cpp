#include "core/user_variables.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using Names = std::set<std::string>;

TEST(UserVariables, OfASetStatement) {
  const UserVariables one = user_variables("SET @A = @b + 1");
  EXPECT_EQ(one.assigned, (Names{"a"}));
  EXPECT_EQ(one.read, (Names{"b"}));
  EXPECT_TRUE(one.nothing_else);
  const UserVariables two = user_variables("set @a := (SELECT MAX(x, @c) FROM t), @`b c` = @a");
  EXPECT_EQ(two.assigned, (Names{"a", "b c"}));
  EXPECT_EQ(two.read, (Names{"a", "c"}));
  EXPECT_TRUE(two.nothing_else);
}

TEST(UserVariables, ASetOfSomethingElseToo) {
  for (const char* statement :
       {"SET @old = @@sql_mode, sql_mode = ''", "SET sql_mode = @old", "SET @@sql_mode = @old",
        "SET NAMES utf8mb4", "SET @ä = 1", "SET @old = 1, SESSION sql_mode = ''", "SELECT @old"}) {
    EXPECT_FALSE(user_variables(statement).nothing_else) << statement;
  }
  EXPECT_EQ(user_variables("SET @old = @@sql_mode, sql_mode = ''").assigned, (Names{"old"}));
  EXPECT_EQ(user_variables("SET sql_mode = @old").read, (Names{"old"}));
  EXPECT_EQ(user_variables("SET @@session.sql_mode = 1").read, (Names{}));
}

TEST(UserVariables, NamesOfEveryKind) {
  EXPECT_EQ(user_variables("SELECT @a.b$, @'Quo ted', @\"double\", @`ba``ck`, @_1").read,
            (Names{"a.b$", "quo ted", "double", "ba`ck", "_1"}));
  EXPECT_EQ(user_variables("SELECT '@a', \"@b\", `@c`, 1 /* @d */ -- @e\n # @f\n, @@g").read,
            (Names{}));
  EXPECT_EQ(user_variables("/*!50003 SET @a = 1 */").assigned, (Names{"a"})) << "it is executed";
  EXPECT_EQ(user_variables("SELECT @größe, @'', @" + std::string(65, 'x')).read, (Names{}))
      << "they are not kept";
}

TEST(UserVariables, WhatIsAssignedElsewhere) {
  EXPECT_EQ(user_variables("SELECT 1, 2 INTO @a, @b FROM t WHERE x = @c").assigned,
            (Names{"a", "b"}));
  EXPECT_EQ(user_variables("SELECT 1, 2 INTO @a, @b FROM t WHERE x = @c").read, (Names{"c"}));
  EXPECT_EQ(user_variables("INSERT INTO t SELECT @n := @n + 1, @m").assigned, (Names{"n"}));
  EXPECT_EQ(user_variables("INSERT INTO t SELECT @n := @n + 1, @m").read, (Names{"m", "n"}));
  EXPECT_EQ(user_variables("INSERT INTO t VALUES (@a, @b)").assigned, (Names{}));
  EXPECT_EQ(user_variables("CALL p(@a)").assigned, (Names{"a"}));
  EXPECT_EQ(user_variables("LOAD DATA INFILE 'x' INTO TABLE t (a, @b) SET b = @b").assigned,
            (Names{"b"}));
}

}  // namespace
}  // namespace migrate::core
