#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace migrate::core {

/// The value of a user variable, as exactly as a server tells it.
struct UserVariable {
  enum class Type { null, integer, unsigned_integer, decimal, floating, text };
  std::string name;  ///< without its @, in lower case
  Type type = Type::null;
  std::string value;      ///< of a number its digits; of a text its bytes in `charset`
  std::string charset;    ///< of a text; `binary` for bytes
  std::string collation;  ///< of a text

  friend bool operator==(const UserVariable&, const UserVariable&) = default;
};

/// What a session held in front of a statement of a step.
struct SessionValues {
  std::uint64_t next = 1;  ///< index of that statement
  std::uint64_t last_insert_id = 0;
  std::vector<UserVariable> variables;

  bool empty() const { return last_insert_id == 0 && variables.empty(); }
  friend bool operator==(const SessionValues&, const SessionValues&) = default;
};

}  // namespace migrate::core
