#pragma once

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "project.h"

namespace migrate::testing {

/// A project on the server that the parameter names, and a look at what that server is doing.
class WatchedProject : public ::testing::TestWithParam<std::string> {
 protected:
  /// A connection of the project's that runs a statement that begins with these words; empty when
  /// none does.
  std::string connection_running(const std::string& words) {
    return look_.value(
        "SELECT MIN(id) FROM information_schema.processlist WHERE id <> CONNECTION_ID() "
        "AND db = '" +
        project_.schema() + "' AND REGEXP_REPLACE(info, '^/[*] migrate [^*]*[*]/ *', '') LIKE '" +
        words + "%'");
  }
  bool comes_to_run(const std::string& words) {
    return eventually([&] { return !connection_running(words).empty(); });
  }
  bool is_gone(const std::string& words) {
    return eventually([&] { return connection_running(words).empty(); });
  }
  std::string value(const std::string& query) { return project_.sql().value(query); }

  /// Of a run with `--events events`: the first event of that name whose line has `more`; empty
  /// while there is none.
  std::string told(const std::string& event, const std::string& more = "") const {
    std::ifstream file(project_.directory() / "events");
    for (std::string line; std::getline(file, line);) {
      const bool is_it = line.find("\"event\":\"" + event + "\"") != std::string::npos;
      if (is_it && line.find(more) != std::string::npos) return line;
    }
    return {};
  }
  bool is_told(const std::string& event, const std::string& more = "") {
    return eventually([&] { return !told(event, more).empty(); });
  }

  Project project_{RealServer::named(GetParam())};
  RawConnection look_{project_.server().connection()};
};

}  // namespace migrate::testing
