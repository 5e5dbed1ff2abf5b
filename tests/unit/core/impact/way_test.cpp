#include "core/impact/way.h"

#include <gtest/gtest.h>

namespace migrate::core::impact {
namespace {

constexpr Rung instant{Algorithm::instant, std::nullopt};
constexpr Rung copy_shared{Algorithm::copy, Locking::shared};

std::string asked(std::string_view statement, const Rung& rung) {
  const auto alter = AlterStatement::read(statement);
  return alter ? alter->with(rung) : "(none)";
}

TEST(AlterStatement, IsAskedInFrontOfItsActions) {
  EXPECT_EQ(asked("ALTER TABLE `my``t` ADD x INT, DROP y", copy_shared),
            "ALTER TABLE `my``t`  ALGORITHM=COPY, LOCK=SHARED, ADD x INT, DROP y");
  EXPECT_EQ(asked("-- why\nalter table shop.t add x int", instant),
            "-- why\nalter table shop.t  ALGORITHM=INSTANT, add x int");
  EXPECT_EQ(asked("ALTER IGNORE TABLE IF EXISTS t NOWAIT ADD x INT", instant),
            "ALTER IGNORE TABLE IF EXISTS t NOWAIT  ALGORITHM=INSTANT, ADD x INT");
}

TEST(AlterStatement, IsAskedBehindAnIndex) {
  EXPECT_EQ(asked("CREATE UNIQUE INDEX i ON t (a) -- for the report", copy_shared),
            "CREATE UNIQUE INDEX i ON t (a) -- for the report\nALGORITHM=COPY LOCK=SHARED");
  EXPECT_EQ(asked("DROP INDEX i ON t", instant), "DROP INDEX i ON t\nALGORITHM=INSTANT");
}

TEST(AlterStatement, IsAskedInFrontOfPartitions) {
  EXPECT_EQ(asked("ALTER TABLE t PARTITION BY HASH (id)", instant),
            "ALTER TABLE t  ALGORITHM=INSTANT PARTITION BY HASH (id)");
  EXPECT_EQ(asked("ALTER TABLE t -- nothing", instant),
            "ALTER TABLE t ALGORITHM=INSTANT  -- nothing");
}

TEST(AlterStatement, LosesWhatItAskedForItself) {
  EXPECT_EQ(asked("ALTER TABLE t ADD x INT, ALGORITHM=INPLACE, LOCK = NONE", copy_shared),
            "ALTER TABLE t  ALGORITHM=COPY, LOCK=SHARED, ADD x INT");
  EXPECT_EQ(asked("ALTER TABLE t LOCK=NONE, ADD x INT", instant),
            "ALTER TABLE t   ALGORITHM=INSTANT, ADD x INT");
  EXPECT_EQ(asked("CREATE INDEX i ON t (a) ALGORITHM=DEFAULT LOCK=DEFAULT", instant),
            "CREATE INDEX i ON t (a)  \nALGORITHM=INSTANT");
  const std::string other = "ALTER TABLE t PARTITION BY KEY ALGORITHM=2 (id)";
  EXPECT_EQ(asked(other, instant),
            "ALTER TABLE t  ALGORITHM=INSTANT PARTITION BY KEY ALGORITHM=2 (id)");
}

TEST(AlterStatement, IsNoOther) {
  for (const char* statement :
       {"CREATE TABLE t (a INT, INDEX (a))", "DROP TABLE t", "ALTER VIEW v AS SELECT 1", "ALTER",
        "ALTER DATABASE d CHARACTER SET utf8mb4", "CREATE VIEW v AS SELECT 1", ""})
    EXPECT_FALSE(AlterStatement::read(statement)) << statement;
}

TEST(AlterStatement, KnowsWhatToAskEachFamily) {
  const auto alter = AlterStatement::read("ALTER TABLE t ADD x INT");
  EXPECT_EQ(alter->rungs(ServerFamily::mysql).size(), 7U);
  EXPECT_EQ(alter->rungs(ServerFamily::mariadb).size(), 10U);
  EXPECT_EQ(alter->rungs(ServerFamily::mysql).front(), instant);
  EXPECT_EQ(alter->rungs(ServerFamily::mariadb)[1], (Rung{Algorithm::nocopy, Locking::none}));
}

TEST(AlterStatement, AsksForNothingElseThanItDoesItself) {
  using Rungs = std::vector<Rung>;
  const auto inplace =
      AlterStatement::read("ALTER TABLE t ADD x INT, ALGORITHM=INPLACE, LOCK=NONE");
  EXPECT_EQ(inplace->rungs(ServerFamily::mysql), (Rungs{{Algorithm::inplace, Locking::none}}));
  EXPECT_EQ(inplace->rungs(ServerFamily::mariadb), (Rungs{{Algorithm::instant, Locking::none},
                                                          {Algorithm::nocopy, Locking::none},
                                                          {Algorithm::inplace, Locking::none}}));
  const auto copy = AlterStatement::read("ALTER TABLE t ADD x INT, ALGORITHM=COPY");
  EXPECT_EQ(copy->rungs(ServerFamily::mariadb).size(), 3U);
}

}  // namespace
}  // namespace migrate::core::impact
