#include "core/rehearsal/row_digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migrate::core::rehearsal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const RowDigest three{
    .table = "t",
    .rows = 3,
    .hash = "x",
    .columns = {{.name = "id", .hash = "1", .counted = true}, {.name = "at", .hash = "2"}}};

TEST(RowDifferences, AreNoneBetweenTheSame) {
  EXPECT_THAT(row_differences({three}, {three}), IsEmpty());
}

TEST(RowDifferences, NameTheColumns) {
  RowDigest other = three;
  other.hash = "y";
  other.columns[1].hash = "3";
  const auto differences = row_differences({three}, {other});
  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_THAT(differences[0].columns, ElementsAre("at"));
  EXPECT_EQ(differences[0].words, "other values in at");
  EXPECT_FALSE(differences[0].only_counters);
}

TEST(RowDifferences, KnowWhatTheServerCounts) {
  RowDigest other = three;
  other.hash = "y";
  other.columns[0].hash = "3";
  EXPECT_TRUE(row_differences({three}, {other}).at(0).only_counters);
  other.columns[1].hash = "3";
  EXPECT_FALSE(row_differences({three}, {other}).at(0).only_counters);
}

TEST(RowDifferences, CountRows) {
  RowDigest other = three;
  other.rows = 1;
  const auto differences = row_differences({three}, {other});
  EXPECT_EQ(differences.at(0).words, "1 row, expected 3 rows");
  EXPECT_FALSE(differences.at(0).only_counters);
}

TEST(RowDifferences, SeeTheSameValuesInOtherRows) {
  RowDigest other = three;
  other.hash = "y";
  const auto differences = row_differences({three}, {other});
  EXPECT_EQ(differences.at(0).words, "the same values in other rows");
  EXPECT_FALSE(differences.at(0).only_counters);
}

}  // namespace
}  // namespace migrate::core::rehearsal
