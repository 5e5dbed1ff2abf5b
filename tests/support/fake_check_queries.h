#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/fault.h"
#include "port/check_queries.h"

namespace migrate::testing {

/// Answers from a table of values by query; what is not in it, the server refuses.
class FakeCheckQueries : public port::CheckQueries {
 public:
  Ground ground(const std::vector<std::string>&) override {
    ++looks;
    if (gone) throw core::Fault(core::ExitCode::unavailable, "cannot connect");
    return {.at = "2026-01-05 09:00:00", .tables = tables};
  }

  core::check::Answer ask(const std::string& query, std::chrono::seconds) override {
    asked.push_back(query);
    if (then) then(query);
    const auto found = values.find(query);
    if (found != values.end()) return {.rows = 1, .columns = 1, .value = found->second};
    return {.error = core::ServerError{1146, "42S02", "no such table"}};
  }

  std::uint64_t connection_id() override { return 7; }

  std::vector<std::string> tables;
  std::map<std::string, std::string> values;
  std::vector<std::string> asked;
  int looks = 0;
  bool gone = false;
  std::function<void(const std::string&)> then;
};

}  // namespace migrate::testing
