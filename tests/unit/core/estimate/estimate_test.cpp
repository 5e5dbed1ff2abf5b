#include "core/estimate/estimate.h"

#include <string>

#include <gtest/gtest.h>

namespace migrate::core::estimate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t megabyte = 1'000'000;

std::vector<TableSize> table(std::uint64_t bytes) {
  return {{.table = {.name = "orders"},
           .rows = 1,
           .data_bytes = bytes / 2,
           .index_bytes = bytes - bytes / 2}};
}

Measurement took(std::uint64_t bytes, seconds time, const std::string& name = "orders") {
  return {.table = name,
          .bytes = bytes,
          .duration_us = static_cast<std::uint64_t>(time.count()) * 1'000'000};
}

TEST(Estimate, OfRowsThatOnlyTheServerCanCountIsUnknown) {
  const Estimate estimate_of_rows = estimate(Work::rows, table(1000 * megabyte), {});
  EXPECT_FALSE(estimate_of_rows.time);
  EXPECT_EQ(estimate_of_rows.basis, "how many rows it is at only the server can tell");
}

TEST(Estimate, WhereNothingIsKnownSaysWhatItAssumes) {
  const Estimate first = estimate(Work::table, table(1000 * megabyte), {});
  EXPECT_EQ(first.time, seconds(20));
  EXPECT_EQ(first.basis, "no earlier run of this size: assuming 50 MB/s");
}

TEST(Estimate, OfANewTableIsAMoment) {
  EXPECT_EQ(estimate(Work::table, {}, {}).time, milliseconds(0));
}

TEST(Estimate, GoesByTheSlowestOfThoseThatWereAboutAsLarge) {
  const std::vector<Measurement> earlier{
      took(1000 * megabyte, seconds(10)), took(900 * megabyte, seconds(90), "baskets"),
      took(50 * megabyte, seconds(500), "small"), took(90'000 * megabyte, seconds(90'000), "huge")};
  const Estimate next = estimate(Work::table, table(2000 * megabyte), earlier);
  EXPECT_EQ(next.time, seconds(200));
  EXPECT_EQ(next.basis, "as the slowest of 2 here: baskets with 858.3 MiB in 1 min 30 s");
}

TEST(Estimate, IsNotFromWhatChangedADefinitionAlone) {
  const Measurement instant{.table = "orders", .bytes = 1000 * megabyte, .duration_us = 9000};
  EXPECT_FALSE(is_telling(instant));
  EXPECT_EQ(estimate(Work::table, table(1000 * megabyte), {instant}).basis,
            "no earlier run of this size: assuming 50 MB/s");
}

TEST(Measurement, ComesBackFromTheLogAsItWasWritten) {
  const Measurement measured = took(1234 * megabyte, seconds(7), "odd of name");
  const auto read = measurement_of({.event = measured_event,
                                    .duration_us = measured.duration_us,
                                    .message = message_of(measured)});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->table, "odd of name");
  EXPECT_EQ(read->bytes, measured.bytes);
  EXPECT_EQ(read->duration_us, measured.duration_us);
  EXPECT_FALSE(measurement_of({.event = "applied", .message = message_of(measured)}));
  EXPECT_FALSE(measurement_of({.event = measured_event, .message = "much"}));
}

TEST(TimeText, IsShort) {
  EXPECT_EQ(time_text(milliseconds(999)), "a moment");
  EXPECT_EQ(time_text(milliseconds(1001)), "2 s");
  EXPECT_EQ(time_text(seconds(185)), "3 min 5 s");
  EXPECT_EQ(time_text(seconds(60)), "1 min");
  EXPECT_EQ(time_text(seconds(1199)), "20 min");
  EXPECT_EQ(time_text(seconds(3601)), "1 h 1 min");
  EXPECT_EQ(time_text(seconds(7200)), "2 h");
}

}  // namespace
}  // namespace migrate::core::estimate
