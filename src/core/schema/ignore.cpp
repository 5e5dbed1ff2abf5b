#include "core/schema/ignore.h"

#include <algorithm>

namespace migrate::core::schema {
namespace {

bool matches(std::string_view name, std::string_view pattern) {
  // Where to go on if the piece behind the last `*` did not match: one character further.
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  while (at < name.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      retry = at;
    } else if (in_pattern < pattern.size() &&
               (pattern[in_pattern] == '?' || pattern[in_pattern] == name[at])) {
      ++in_pattern;
      ++at;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

}  // namespace

// gh-ost: _t_gho, _t_ghc, _t_del; pt-online-schema-change: _t_new, _t_old and its triggers.
std::vector<std::string> default_ignore_patterns() {
  return {"_*_new", "_*_old", "_*_gho", "_*_ghc", "_*_del", "pt_osc_*", "#sql*"};
}

bool ignored(std::string_view name, const std::vector<std::string>& patterns) {
  return std::ranges::any_of(patterns,
                             [name](const std::string& pattern) { return matches(name, pattern); });
}

Schema without_ignored(Schema schema, const std::vector<std::string>& patterns) {
  const auto remove = [&patterns](auto& objects) {
    std::erase_if(objects, [&](const auto& object) { return ignored(object.name, patterns); });
  };
  std::erase_if(schema.triggers,
                [&](const Trigger& trigger) { return ignored(trigger.table, patterns); });
  remove(schema.tables);
  remove(schema.views);
  remove(schema.routines);
  remove(schema.triggers);
  remove(schema.events);
  remove(schema.sequences);
  remove(schema.hidden);
  return schema;
}

}  // namespace migrate::core::schema
