#include "adapter/posix/user_programs.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapter/posix/process.h"
#include "support/temporary_folder.h"

namespace migrate::testing {
namespace {

using core::ProgramEnding;
using How = ProgramEnding::How;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Heard : public port::ProgramListener {
 public:
  void said(std::string_view line) override {
    lines.emplace_back(line);
    if (!stop_at.empty() && stop_at == line) stopping = core::ExitCode::terminated;
  }
  std::optional<core::ExitCode> stop() override { return stopping; }

  std::vector<std::string> lines;
  std::string stop_at;
  std::optional<core::ExitCode> stopping;
};

class UserPrograms : public ::testing::Test {
 protected:
  ProgramEnding run(const std::string& script, std::optional<std::chrono::seconds> limit = {}) {
    return programs().run(
        {.argv = {"/bin/sh", "-c", script}, .variables = variables_, .time_limit = limit}, heard_);
  }
  port::Programs& programs() {
    programs_ = posix::open_user_programs(
        {.directory = folder_.path(), .secret_variables = {"MIGRATE_PASSWORD", "SHOP_PASSWORD"}});
    return *programs_;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(folder_.path() / name);
    std::string text;
    std::getline(file, text);
    return text;
  }

  TemporaryFolder folder_;
  std::unique_ptr<port::Programs> programs_;
  std::vector<std::pair<std::string, std::string>> variables_;
  Heard heard_;
};

TEST_F(UserPrograms, TellWhatTheySayLineByLine) {
  const ProgramEnding ending =
      run("echo one; echo two >&2; printf 'a\\r\\nb\\rc\\n\\n'; printf last");
  EXPECT_TRUE(ending.succeeded());
  EXPECT_EQ(ending.words, "exit status 0");
  EXPECT_THAT(heard_.lines, ElementsAre("one", "two", "a", "b", "c", "", "last"));
  EXPECT_EQ(ending.last_lines, heard_.lines);
}

TEST_F(UserPrograms, SayHowTheyFail) {
  ProgramEnding ending = run("exit 3");
  EXPECT_EQ(ending.how, How::failed);
  EXPECT_EQ(ending.exit_code, 3);
  EXPECT_EQ(ending.words, "exit status 3");
  ending = run("kill -9 $$");
  EXPECT_EQ(ending.how, How::failed);
  EXPECT_EQ(ending.exit_code, 128 + SIGKILL);
  EXPECT_EQ(ending.words, "signal 9");
}

TEST_F(UserPrograms, ThatAreNotThereAreAnEndingToo) {
  ProgramEnding ending = programs().run({.argv = {"no-such-program-at-all"}}, heard_);
  EXPECT_EQ(ending.how, How::not_started);
  EXPECT_EQ(ending.words, "cannot run no-such-program-at-all: there is none in PATH");
  ending = programs().run({.argv = {"./none"}}, heard_);
  EXPECT_EQ(ending.how, How::not_started);
  EXPECT_THAT(ending.words, HasSubstr("cannot run ./none: No such file"));
}

TEST_F(UserPrograms, RunInTheirFolderAndAreFoundFromThere) {
  EXPECT_TRUE(run("printf '#!/bin/sh\\npwd -P\\n' > here && chmod +x here").succeeded());
  heard_.lines.clear();
  EXPECT_TRUE(programs().run({.argv = {"./here"}}, heard_).succeeded());
  EXPECT_THAT(heard_.lines, ElementsAre(std::filesystem::canonical(folder_.path()).string()));
}

TEST_F(UserPrograms, GetTheirVariablesAndNoSecret) {
  ::setenv("SHOP_PASSWORD", "tiger", 1);
  ::setenv("MIGRATE_STEP", "of another run", 1);
  variables_ = {{"MIGRATE_STEP", "2_prices"}};
  EXPECT_TRUE(run("env; cat /proc/$$/environ | tr '\\0' '\\n'").succeeded());
  ::unsetenv("SHOP_PASSWORD");
  ::unsetenv("MIGRATE_STEP");
  EXPECT_THAT(heard_.lines, Contains("MIGRATE_STEP=2_prices"));
  EXPECT_THAT(heard_.lines, Contains(HasSubstr("PATH=")));
  EXPECT_THAT(heard_.lines, Not(Contains(HasSubstr("tiger"))));
  EXPECT_THAT(heard_.lines, Not(Contains(HasSubstr("of another run"))));
}

TEST_F(UserPrograms, AreEndedWhenTheyTakeTooLong) {
  const ProgramEnding ending = run("echo begun; sleep 600; echo never", std::chrono::seconds(1));
  EXPECT_EQ(ending.how, How::timed_out);
  EXPECT_EQ(ending.words, "ended after 1 s, its time limit");
  EXPECT_THAT(heard_.lines, ElementsAre("begun"));
}

TEST_F(UserPrograms, GetTheSignalWithAllThatTheyHaveStarted) {
  heard_.stop_at = "ready";
  const ProgramEnding ending =
      run("trap 'wait; echo parent; exit 0' TERM; "
          "(trap 'echo child; exit 0' TERM; echo ready; sleep 600 & wait) & wait");
  EXPECT_EQ(ending.how, How::stopped);
  EXPECT_EQ(ending.words, "stopped by a signal");
  EXPECT_THAT(heard_.lines, ElementsAre("ready", "child", "parent"));
}

TEST_F(UserPrograms, ThatHaveToEndLeaveNothingThatDoesNotListen) {
  heard_.stop_at = "ready";
  const ProgramEnding ending =
      run("sh -c 'trap \"\" TERM; echo $$ > pid; exec sleep 600' & "
          "while [ ! -s pid ]; do sleep 0.01; done; echo ready; wait");
  EXPECT_EQ(ending.how, How::stopped);
  auto left = posix::Process::find(std::stoi(read("pid")));
  EXPECT_TRUE(!left || left->ended_within(std::chrono::seconds(30)));
}

TEST_F(UserPrograms, AreNotWaitedForInTheBackground) {
  const ProgramEnding ending = run("sleep 600 & echo $! > pid; echo over");
  EXPECT_TRUE(ending.succeeded());
  EXPECT_THAT(heard_.lines, ElementsAre("over"));
  const pid_t left = std::stoi(read("pid"));
  EXPECT_EQ(::kill(left, 0), 0) << "it goes on";
  ::kill(left, SIGKILL);
}

/// The whole group, also what the program itself has started.
TEST_F(UserPrograms, DieWithThisProcess) {
  const pid_t child = ::fork();
  if (child == 0) {
    run("sh -c 'echo $$ > pid.new; mv pid.new pid; exec sleep 600'; true");
    ::_exit(0);
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (read("pid").empty() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  auto left = posix::Process::find(std::stoi(read("pid")));
  ASSERT_TRUE(left);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(left->ended_within(std::chrono::seconds(30)));
}

}  // namespace
}  // namespace migrate::testing
