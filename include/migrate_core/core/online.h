#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/directives.h"
#include "core/object_name.h"

namespace migrate::core {

/// Whether the ALTER TABLEs of the file go through the environment's tool for online changes:
/// `online` without a value.
bool goes_online(const Directives& directives);

/// Whether it says that an ALTER may copy its table: online=copy, or through the tool.
bool accepts_a_copy(const Directives& directives);

/// An ALTER TABLE in the parts that such a tool wants.
struct OnlineAlter {
  ObjectName table;
  std::string actions;  ///< what stands behind the name
};

/// Why such a tool cannot do it.
struct NotOnline {
  std::string reason;
};

/// Nothing: it is no ALTER TABLE. A tool makes another table, copies, and gives it the name: so it
/// cannot rename the table, nor do something to partitions or tablespaces.
std::optional<std::variant<OnlineAlter, NotOnline>> online_alter(std::string_view statement);

/// What a word of the tool's command may hold in braces: {alter}, {table}, …
std::vector<std::string_view> online_placeholders();

/// Why these words cannot be such a command; nothing: they can.
std::optional<std::string> wrong_with_online_command(const std::vector<std::string>& words);

/// A word with what is in braces replaced, once.
std::string with_values(std::string_view word,
                        const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace migrate::core
