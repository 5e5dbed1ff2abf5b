#include "adapter/config/password.h"

#include <array>
#include <functional>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>

#include "fixture.h"

namespace migrate::config {
namespace {

const Origin here{Level::config_file, "migrate.yaml", 7, 5};

std::string resolve(PasswordSource source, const Environment& environment = environment_of({})) {
  return resolve_password({std::move(source), here}, environment);
}

std::string message(const PasswordSource& source,
                    const Environment& environment = environment_of({})) {
  return fault_of([&] { resolve(source, environment); }).what();
}

TEST(Password, IsEmptyWithoutASource) {
  EXPECT_EQ(resolve(NoPassword{}), "");
}

TEST(Password, ComesFromAVariable) {
  EXPECT_EQ(resolve(PasswordVariable{"PW"}, environment_of({{"PW", "s3cret"}})), "s3cret");
  EXPECT_EQ(message(PasswordVariable{"PW"}),
            "migrate.yaml:7:5: the variable PW that should hold the password is not set");
  EXPECT_EQ(message(PasswordVariable{"PW"}, environment_of({{"PW", ""}})),
            "migrate.yaml:7:5: the variable PW that should hold the password is empty");
}

TEST(Password, ComesFromAFileLessOneNewline) {
  TestFolder folder;
  EXPECT_EQ(resolve(PasswordFile{folder.write("a", "s3cret\n")}), "s3cret");
  EXPECT_EQ(resolve(PasswordFile{folder.write("b", "s3cret\r\n")}), "s3cret");
  EXPECT_EQ(resolve(PasswordFile{folder.write("c", " s3cret \n\n")}), " s3cret \n");
  EXPECT_EQ(resolve(PasswordFile{folder.write("d", "s3cret\r")}), "s3cret\r");
  EXPECT_EQ(message(PasswordFile{folder.write("e", "\n")}),
            "migrate.yaml:7:5: the password file " + (folder.path() / "e").string() + " is empty");
  EXPECT_EQ(message(PasswordFile{"/nowhere/pw"}),
            "migrate.yaml:7:5: cannot read /nowhere/pw: No such file or directory");
  EXPECT_EQ(message(PasswordFile{folder.path()}),
            "migrate.yaml:7:5: cannot read " + folder.path().string() + ": Is a directory");
}

TEST(Password, ComesFromTheFirstLineOfACommand) {
  EXPECT_EQ(resolve(PasswordCommand{"printf 's3cret\\nuser: me\\n'"}), "s3cret");
  EXPECT_EQ(resolve(PasswordCommand{"printf s3cret"}), "s3cret");
  EXPECT_EQ(resolve(PasswordCommand{"printf 's3cret\\r\\n'"}), "s3cret");
  // More output than a pipe holds must neither block nor fail the command.
  EXPECT_EQ(resolve(PasswordCommand{"echo s3cret; head -c 300000 /dev/zero"}), "s3cret");
}

TEST(Password, OfAFailedCommandIsNotShown) {
  EXPECT_EQ(message(PasswordCommand{"echo s3cret; exit 3"}),
            "migrate.yaml:7:5: the password command failed with exit code 3");
  EXPECT_EQ(message(PasswordCommand{"echo s3cret; kill -9 $$"}),
            "migrate.yaml:7:5: the password command was killed by signal 9");
  EXPECT_EQ(message(PasswordCommand{"echo; echo s3cret"}),
            "migrate.yaml:7:5: the password command printed no password");
}

TEST(Password, CommandsTellTheUserWhatTheyWant) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(resolve(PasswordCommand{"echo 'touch your key' >&2; echo s3cret"}), "s3cret");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "touch your key\n");
}

TEST(Password, IsNeverShown) {
  EXPECT_EQ(shown(NoPassword{}), "(none)");
  EXPECT_EQ(shown(PasswordText{"s3cret"}), "********");
  EXPECT_EQ(shown(PasswordVariable{"PW"}), "from variable PW");
  EXPECT_EQ(shown(PasswordFile{"/f"}), "from file /f");
  EXPECT_EQ(shown(PasswordCommand{"echo s3cret"}), "from a command");
  EXPECT_EQ(shown(PasswordPrompt{}), "asked on the terminal");
}

/// What the child of a new pseudo terminal leaves: everything it showed, and its exit code.
struct TerminalRun {
  std::string screen;
  int exit_code = -1;
};

/// Runs the prompt in a child with a terminal of its own and types `keys` once it asks. The child
/// exits with 0 when it got `wanted` and the terminal echoes again, with the code of the Fault when
/// there was one.
TerminalRun run_prompt(const std::string& keys, const std::string& wanted) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    int code = 1;
    try {
      if (resolve(PasswordPrompt{}) == wanted) code = 0;
    } catch (const core::Fault& fault) {
      code = static_cast<int>(fault.code());
    }
    termios now{};
    if (::tcgetattr(STDIN_FILENO, &now) != 0 || (now.c_lflag & ECHO) == 0 ||
        (now.c_lflag & ISIG) == 0) {
      code = 2;
    }
    ::_exit(code);
  }
  TerminalRun run;
  bool typed = false;
  std::array<char, 256> buffer{};
  // The read fails with EIO when the child is gone. The prompt is shown after the echo is off.
  for (;;) {
    const ssize_t count = ::read(terminal, buffer.data(), buffer.size());
    if (count <= 0) break;
    run.screen.append(buffer.data(), static_cast<std::size_t>(count));
    if (!typed && run.screen.find("Password: ") != std::string::npos) {
      typed = true;
      EXPECT_EQ(::write(terminal, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  return run;
}

TEST(PasswordPrompt, ReadsALineWithoutEcho) {
  const TerminalRun run = run_prompt("s3cret\r", "s3cret");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.screen, "Password: \r\n");
}

TEST(PasswordPrompt, LetsTheLineBeEdited) {
  EXPECT_EQ(run_prompt("wrong\x15s3\xC3\xA4\x7F"
                       "creX\x7Ft\n",
                       "s3cret")
                .exit_code,
            0);
}

TEST(PasswordPrompt, EndsOnControlCWithTheTerminalAsItWas) {
  EXPECT_EQ(run_prompt("s3c\x03", "").exit_code, static_cast<int>(core::ExitCode::interrupted));
}

TEST(PasswordPrompt, NeedsATerminal) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();  // A new session has no terminal.
    int code = 1;
    try {
      resolve(PasswordPrompt{});
    } catch (const core::Fault& fault) {
      const bool said = std::string(fault.what()) ==
                        "migrate.yaml:7:5: cannot ask for the password: there is no terminal";
      code = said && fault.code() == core::ExitCode::configuration ? 0 : 2;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace migrate::config
