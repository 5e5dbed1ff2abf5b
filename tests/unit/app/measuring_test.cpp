#include "measuring.h"

#include <gtest/gtest.h>

#include "unit/app/world.h"

namespace migrate::testing {
namespace {

constexpr std::uint64_t gigabyte = 1'000'000'000;
constexpr std::uint64_t second = 1'000'000;

class MeasuringRun : public ::testing::Test {
 protected:
  void statement(const std::string& text, std::uint64_t duration_us) {
    measuring_.on(core::event::StatementStarted{.index = 3, .text = text});
    measuring_.on(core::event::StatementDone{.index = 3, .duration_us = duration_us});
  }
  std::vector<core::JournalWrite> step(const std::string& text, std::uint64_t duration_us) {
    measuring_.on(core::event::StepStarted{
        .planned = {.step = {.id = {core::StepKind::versioned, "7"}, .name = "widen"}}});
    statement(text, duration_us);
    return measuring_.take_records();
  }

  RecordedEvents events_;
  app::Measuring measuring_{events_, {{.table = {.name = "orders"}, .data_bytes = gigabyte}}};
};

TEST_F(MeasuringRun, NotesForTheLogWhatWentOverAWholeTable) {
  const auto records = step("ALTER TABLE orders MODIFY a BIGINT", 40 * second);
  ASSERT_EQ(records.size(), 1U);
  const auto& logged = std::get<core::journal::Logged>(records[0]);
  EXPECT_EQ(logged.event, "measured");
  EXPECT_EQ(logged.step, (core::StepId{core::StepKind::versioned, "7"}));
  EXPECT_EQ(logged.step_name, "widen");
  EXPECT_EQ(logged.statement, 3U);
  EXPECT_EQ(logged.duration_us, 40 * second);
  EXPECT_EQ(logged.message, "1000000000 bytes of orders");
  EXPECT_TRUE(measuring_.take_records().empty());
}

TEST_F(MeasuringRun, LeavesOutWhatTellsNothingOfALaterOne) {
  EXPECT_TRUE(step("ALTER TABLE orders ADD a INT", 9000).empty()) << "the definition alone";
  EXPECT_TRUE(step("UPDATE orders SET a = 1", 40 * second).empty()) << "some of its rows";
  EXPECT_TRUE(step("ALTER TABLE others ADD a INT", 40 * second).empty()) << "of unknown size";
}

TEST_F(MeasuringRun, HandsEverythingOn) {
  step("ALTER TABLE orders ADD a INT", 9000);
  EXPECT_TRUE(events_.first<core::event::StatementDone>());
}

}  // namespace
}  // namespace migrate::testing
