#include "adapter/output/event_stream.h"

#include <regex>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/fault.h"
#include "unit/adapter/output/samples.h"

namespace migrate::output {
namespace {

std::vector<nlohmann::json> lines_of(const std::vector<core::Event>& events) {
  std::ostringstream out;
  const auto stream = make_event_stream(out);
  for (const core::Event& event : events) stream->on(event);
  std::vector<nlohmann::json> lines;
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

TEST(EventStream, IsOneObjectALineWithItsTime) {
  const auto lines = lines_of({samples::run_started(), core::event::StatementDone{2, 7, 0, 9},
                               core::event::RunFinished{core::ExitCode::refused, 12}});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0]["event"], "run_started");
  EXPECT_TRUE(std::regex_match(lines[0]["at"].get<std::string>(),
                               std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
  EXPECT_EQ(lines[1]["affected_rows"], 7);
  EXPECT_EQ(lines[2]["exit_code"], 4);
}

TEST(EventStream, NamesWhoIsInTheWay) {
  const core::Blocker blocker{.connection_id = 42,
                              .user = "report",
                              .host = "web1",
                              .idle = true,
                              .age_s = 60,
                              .statement = "SELECT 1"};
  const auto lines = lines_of({core::event::Blocked{2, 5000, {blocker}},
                               core::event::Retrying{2, 1, 5, 1000, {1205, "HY000", "timeout"}},
                               core::event::BlockerEnded{blocker}});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0]["blockers"][0]["user"], "report");
  EXPECT_EQ(lines[0]["blockers"][0]["certain"], false);
  EXPECT_EQ(lines[1]["error"]["code"], 1205);
  EXPECT_EQ(lines[2]["blocker"]["connection_id"], 42);
}

TEST(EventStream, TellsOfHooks) {
  const core::hook::Call drain{core::hook::Moment::before_step, "./drain …", "2_prices"};
  const core::hook::Call done{core::hook::Moment::after_run, "./done", ""};
  const auto lines =
      lines_of({core::event::HookStarted{drain}, core::event::ProgramSaid{"before_step", "3 left"},
                core::event::HookEnded{drain,
                                       {.how = core::ProgramEnding::How::timed_out,
                                        .exit_code = 143,
                                        .words = "ended after 5 s, its time limit",
                                        .last_lines = {},
                                        .duration_us = 7}},
                core::event::HookStarted{done}});
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0]["hook"], "before_step");
  EXPECT_EQ(lines[0]["command"], "./drain …");
  EXPECT_EQ(lines[0]["step"], "2_prices");
  EXPECT_EQ(lines[1]["program"], "before_step");
  EXPECT_EQ(lines[1]["line"], "3 left");
  EXPECT_EQ(lines[2]["result"], "timed_out");
  EXPECT_EQ(lines[2]["exit_code"], 143);
  EXPECT_EQ(lines[2]["ending"], "ended after 5 s, its time limit");
  EXPECT_EQ(lines[2]["duration_us"], 7);
  EXPECT_TRUE(lines[3]["step"].is_null());
}

TEST(EventStream, TellsHowFarALongStatementIs) {
  core::event::Progressed progressed{};
  progressed.index = 2;
  progressed.total = 3;
  progressed.elapsed_s = 12;
  core::event::Progressed untold = progressed;
  untold.waits_for_lock = true;
  progressed.work = core::Work{
      .stage = 1, .stages = 2, .unit = core::Work::Unit::rows, .done = 300, .total = 1200};
  progressed.pace = core::Pace{.per_second = 25, .left_s = 36};
  const auto lines = lines_of({untold, progressed});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["elapsed_s"], 12);
  EXPECT_EQ(lines[0]["waits_for_lock"], true);
  EXPECT_FALSE(lines[0].contains("percent"));
  EXPECT_EQ(lines[1]["waits_for_lock"], false);
  EXPECT_EQ(lines[1]["event"], "progressed");
  EXPECT_EQ(lines[1]["stages"], 2);
  EXPECT_EQ(lines[1]["percent"], 25);
  EXPECT_EQ(lines[1]["unit"], "rows");
  EXPECT_EQ(lines[1]["per_second"], 25);
  EXPECT_EQ(lines[1]["left_s"], 36);
}

TEST(EventStream, HoldsNoSecretsAndNoBrokenText) {
  std::ostringstream out;
  const auto stream = make_event_stream(out);
  stream->on(core::event::StatementStarted{1, 1, {}, "SET PASSWORD FOR a\n= 'tiger'"});
  stream->on(core::event::StatementStarted{1, 1, {}, "SELECT '\xff'"});
  EXPECT_EQ(out.str().find("tiger"), std::string::npos) << out.str();
  EXPECT_EQ(std::ranges::count(out.str(), '\n'), 2);
}

TEST(EventStream, AFileThatCannotBeOpenedIsAFaultOfConfiguration) {
  try {
    make_event_file("/dev/null/no/such.events");
    FAIL() << "no fault";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::configuration);
  }
}

}  // namespace
}  // namespace migrate::output
