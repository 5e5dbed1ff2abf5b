#include "adapter/output/log_sink.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/fault.h"
#include "unit/adapter/output/samples.h"

namespace migrate::output {
namespace {

TEST(LogSink, WritesOneLineAnEventAtOnceWithoutSecrets) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("migrate_log_sink_test." + std::to_string(getpid()));
  std::filesystem::remove(path);
  const auto sink = make_log_sink(path.string());
  sink->on(core::event::StatementStarted{1, 1, {}, "SET PASSWORD FOR a\n= 'tiger'"});
  sink->on(samples::half_applied());
  sink->on(core::event::RunFinished{core::ExitCode::statement_failed, 1});

  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  std::filesystem::remove(path);
  const std::string log = text.str();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3) << log;
  EXPECT_EQ(log.find("tiger"), std::string::npos) << log;
  EXPECT_TRUE(std::regex_search(
      log, std::regex(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z debug statement 1 of 1)")))
      << log;
  EXPECT_NE(log.find("run finished with exit code 5"), std::string::npos) << log;
}

TEST(LogSink, TellsOfALongStatementAtLongerAndLongerIntervals) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("migrate_log_sink_test." + std::to_string(getpid()));
  std::filesystem::remove(path);
  const auto sink = make_log_sink(path.string());
  for (int statement = 1; statement <= 2; ++statement) {
    sink->on(core::event::StatementStarted{});
    for (std::uint64_t second = 1; second < 150; ++second) {
      core::event::Progressed progressed{};
      progressed.elapsed_s = second;
      if (second == 4) progressed.hint = "switch it on";
      sink->on(progressed);
    }
  }
  std::vector<std::string> told;
  std::ifstream log(path);
  for (std::string line; std::getline(log, line);) {
    std::smatch found;
    if (std::regex_search(line, found, std::regex("statement 1 runs, (.*)")))
      told.push_back(found[1]);
  }
  std::filesystem::remove(path);
  const std::vector<std::string> each{"3 s", "4 s; switch it on", "10 s", "30 s", "60 s", "120 s"};
  std::vector<std::string> both = each;
  both.insert(both.end(), each.begin(), each.end());
  EXPECT_EQ(told, both);
}

TEST(LogSink, AFileThatCannotBeOpenedIsAFaultOfConfiguration) {
  try {
    make_log_sink("/dev/null/no/such.log");
    FAIL() << "no fault";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::configuration);
    EXPECT_NE(std::string(fault.what()).find("/dev/null/no/such.log"), std::string::npos);
  }
}

}  // namespace
}  // namespace migrate::output
