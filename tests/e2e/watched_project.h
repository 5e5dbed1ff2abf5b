#pragma once

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

  Project project_{RealServer::named(GetParam())};
  RawConnection look_{project_.server().connection()};
};

}  // namespace migrate::testing
