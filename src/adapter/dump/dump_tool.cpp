#include "adapter/dump/dump_tool.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "adapter/dump/option_file.h"
#include "adapter/posix/child_output.h"
#include "core/fault.h"
#include "core/rehearsal/attestation.h"
#include "find_tool.h"

namespace migrate::dump {
namespace {

/// What such a tool needs to run, and nothing that would lead it elsewhere or hold a secret.
std::vector<std::string> plain_environment() {
  std::vector<std::string> variables;
  for (const char* name : {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name))
      variables.push_back(fmt::format("{}={}", name, value));
  }
  // MySQL's reads ~/.mylogin.cnf whatever it is told of option files.
  variables.emplace_back("MYSQL_TEST_LOGIN_FILE=/nonexistent");
  return variables;
}

/// What `preferred` came to on migrate's own connection is asked of the tool's.
core::TlsMode decided(core::TlsMode mode, port::DumpRequest::Link link) {
  if (mode != core::TlsMode::preferred) return mode;
  return link == port::DumpRequest::Link::encrypted ? core::TlsMode::required
                                                    : core::TlsMode::disabled;
}

class RunningDump : public port::ByteSource {
 public:
  RunningDump(std::string name, const posix::ChildOutput::Command& command)
      : name_(std::move(name)), output_(command) {}

  std::optional<std::string_view> next() override {
    const auto bytes = output_.next();
    if (bytes && bytes->empty() && !output_.process().succeeded()) {
      throw core::Fault(core::ExitCode::unavailable,
                        fmt::format("{} failed ({}); nothing of the backup is left. It said:\n{}",
                                    name_, output_.process().ending(), output_.errors()));
    }
    return bytes;
  }

 private:
  std::string name_;
  posix::ChildOutput output_;
};

class OwnDumpTool : public port::DumpTool {
 public:
  explicit OwnDumpTool(DumpToolOptions options)
      : options_(std::move(options)),
        found_(find_tool(options_)),
        name_(fmt::format("{} {}", found_.name, found_.version)) {
    const std::string series = core::rehearsal::server_series(options_.server_version);
    if (core::rehearsal::server_series(found_.version) != series) {
      warning_ = fmt::format(
          "{} is of another series than the server ({}): what only one of them "
          "knows may be missing",
          name_, series);
    }
  }

  const std::string& name() const override { return name_; }
  const std::string& warning() const override { return warning_; }

  std::unique_ptr<port::ByteSource> start(const port::DumpRequest& request) override {
    return std::make_unique<RunningDump>(
        name_, posix::ChildOutput::Command{
                   .argv = argv(request),
                   .environment = plain_environment(),
                   .third = option_file(options_.connection, options_.family,
                                        decided(options_.connection.tls.mode, request.link))});
  }

 private:
  std::vector<std::string> argv(const port::DumpRequest& request) const {
    using Log = port::DumpRequest::Log;
    const bool mysql = options_.family == core::ServerFamily::mysql;
    std::vector<std::string> words{found_.path.string(),
                                   "--defaults-file=/dev/fd/3",
                                   "--single-transaction",
                                   "--quick",
                                   "--routines",
                                   "--triggers",
                                   "--events",
                                   "--hex-blob",
                                   "--complete-insert",
                                   "--extended-insert",
                                   "--no-tablespaces",
                                   "--default-character-set=utf8mb4",
                                   "--max-allowed-packet=1G"};
    if (mysql) {
      words.emplace_back(request.log == Log::position_and_gtid ? "--set-gtid-purged=COMMENTED"
                                                               : "--set-gtid-purged=OFF");
    }
    if (request.log != Log::none) words.emplace_back(mysql ? "--source-data=2" : "--master-data=2");
    words.emplace_back("--");
    words.push_back(options_.connection.schema);
    return words;
  }

  DumpToolOptions options_;
  FoundTool found_;
  std::string name_;
  std::string warning_;
};

}  // namespace

std::unique_ptr<port::DumpTool> open_dump_tool(DumpToolOptions options) {
  return std::make_unique<OwnDumpTool>(std::move(options));
}

}  // namespace migrate::dump
