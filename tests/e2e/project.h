#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "process.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {

/// A folder with files of steps and a schema of its own on a real server, and the real binary to
/// run in it. HOME and the state directory are private too.
class Project {
 public:
  /// With a migrate.yaml that has one environment, `test`, for the scratch schema.
  explicit Project(RealServer& server);
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  const std::filesystem::path& directory() const { return directory_; }
  const std::string& schema() const { return schema_.name(); }
  const RealServer& server() const { return server_; }
  pid_t server_pid() const { return server_.sandbox().status().pid.value(); }
  /// A connection of the test's own, as the superuser.
  RawConnection& sql() { return sql_; }

  /// Writes a file below the directory, and the folders above it. `${schema}`, `${socket}`, … in
  /// `text` are replaced.
  void write(const std::filesystem::path& path, const std::string& text) const;
  std::string read(const std::filesystem::path& path) const;
  /// Copies the project's own migrations/ and ddl/ here.
  void copy_shipped_steps() const;

  /// Replaces `${schema}`, `${socket}`, `${dir}`, `${server_bin}`, `${migrate}`, `${repository}`,
  /// and
  /// `${escape}`, the byte that begins a colour.
  std::string expand(std::string text) const;

  /// For every run from now on.
  void set_environment(const std::string& name, const std::string& value);

  Process start(const std::vector<std::string>& arguments);
  /// `migrate` with these arguments, to its end.
  Ending run(const std::vector<std::string>& arguments) { return start(arguments).wait(); }
  /// The same for a line as typed: words, '…' and "…" keep white space together.
  Ending run(const std::string& line);
  /// Any other program of PATH through /bin/sh.
  Ending shell(const std::string& command);

  /// SHOW CREATE of every object of the schema but the history's tables, by name, without
  /// AUTO_INCREMENT counters.
  std::string schema_text();

 private:
  RealServer& server_;
  ScratchSchema schema_;
  RawConnection sql_;
  std::filesystem::path home_;
  std::filesystem::path directory_;
  std::map<std::string, std::string> environment_;
};

}  // namespace migrate::testing
