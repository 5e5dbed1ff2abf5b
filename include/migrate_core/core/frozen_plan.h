#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/history.h"
#include "core/plan.h"
#include "core/server_info.h"

namespace migrate::core {

/// A step of a frozen plan, in words that are compared and shown.
struct FrozenStep {
  std::string step;      ///< display name
  std::string path;      ///< only shown: elsewhere the same file may have another
  std::string checksum;  ///< "rule:hex" of the file that runs
  std::string does;      ///< "apply", "apply again", "go on at statement 4", …
  std::uint64_t statements = 0;
};

/// An object that a plan changes, as it was.
struct FrozenObject {
  std::string object;       ///< "table orders"; of another schema: "table archive.orders"
  std::string fingerprint;  ///< empty: it was not there; "hidden": the account may not look at it

  friend bool operator==(const FrozenObject&, const FrozenObject&) = default;
};

/// What `up` was to do when somebody looked at it, and all that this rests on.
struct FrozenPlan {
  UpRequest request;
  std::string tool_version;
  std::string server;  ///< "MySQL 9.7.4"
  std::string schema;
  std::string history;  ///< of the ledger: what any run would have changed
  std::vector<FrozenStep> steps;
  std::vector<FrozenObject> objects;  ///< those that its schema statements name
};

/// So many digits of a plan's hash tell it from others, for people.
inline constexpr std::size_t shown_plan_digits = 12;

/// "MySQL 9.7.4"
std::string server_words(const ServerInfo& server);

/// `objects` are those of objects_of(), as they are on the server.
FrozenPlan freeze(const Plan& plan, const UpRequest& request, const History& history,
                  const ServerInfo& server, std::vector<FrozenObject> objects,
                  const std::string& tool_version);

/// The names of the objects that are looked at, in order.
std::vector<ObjectName> objects_of(const Plan& plan);

/// What is not as it was, each in words; empty: it is the same plan.
std::vector<std::string> what_changed(const FrozenPlan& then, const FrozenPlan& now);

/// Whether what is left to do now is the end of what was to be done then: its last steps, with the
/// same files, on the same server. Of the first of them a part may be done.
bool is_rest_of(const FrozenPlan& then, const FrozenPlan& now);

}  // namespace migrate::core
