#include "core/pace.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using std::chrono::milliseconds;

TEST(Pace, IsWhatWasDoneSinceTheStageWasFirstSeen) {
  const WorkSeen first{{.done = 100, .total = 1000}, milliseconds(2000)};
  const auto told = pace(first, {{.done = 400, .total = 1000}, milliseconds(4000)});
  ASSERT_TRUE(told);
  EXPECT_DOUBLE_EQ(told->per_second, 150);
  EXPECT_EQ(told->left_s, 4U);
}

TEST(Pace, IsNotKnownWhereNothingWasDone) {
  const WorkSeen seen{{.done = 100, .total = 1000}, milliseconds(2000)};
  EXPECT_FALSE(pace(seen, seen));
  EXPECT_FALSE(pace(seen, {seen.work, milliseconds(3000)}));
}

TEST(Pace, LeavesNothingWhereTheEstimateWasTooSmall) {
  const Work more{.done = 1200, .total = 1000};
  EXPECT_DOUBLE_EQ(more.percent(), 100);
  const auto told = pace({{.done = 100, .total = 1000}, milliseconds(0)}, {more, milliseconds(1)});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->left_s, 0U);
}

TEST(Pace, BeginsAnewWithAStage) {
  EXPECT_TRUE(
      goes_on({.stage = 1, .done = 10, .total = 100}, {.stage = 1, .done = 10, .total = 90}));
  EXPECT_FALSE(
      goes_on({.stage = 1, .done = 10, .total = 100}, {.stage = 2, .done = 20, .total = 100}));
  EXPECT_FALSE(goes_on({.done = 90, .total = 100}, {.done = 3, .total = 100}));
}

TEST(Pace, OfWhatGoesByInchesIsNotForEver) {
  const auto told = pace({{.done = 0, .total = 1e18}, milliseconds(0)},
                         {{.done = 1e-9, .total = 1e18}, milliseconds(1000)});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->left_s, 1'000'000'000U);
}

TEST(Work, IsAllDoneOnlyWhereItIs) {
  EXPECT_EQ(words_of(Work{.done = 999, .total = 1000}), "99 %");
  EXPECT_EQ(words_of(Work{.stage = 2, .stages = 2, .done = 100, .total = 100}),
            "stage 2 of 2, 100 %");
}

TEST(Work, NamesItsStageWhereThereAreSeveral) {
  Work work{.stage = 1, .stages = 2, .name = "copy to tmp table", .done = 43, .total = 100};
  EXPECT_EQ(words_of(work), "stage 1 of 2 (copy to tmp table), 43 %");
  work.stages = 0;
  EXPECT_EQ(words_of(work), "43 %");
}

}  // namespace
}  // namespace migrate::core
