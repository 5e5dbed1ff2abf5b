#include "adapter/output/log_sink.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

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
