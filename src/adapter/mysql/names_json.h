#pragma once

#include <optional>
#include <string>
#include <vector>

namespace migrate::mysql {

/// Names as the history keeps them: a JSON array in ASCII.
std::string names_json(const std::vector<std::string>& names);

/// Nothing of NULL. Throws Fault(configuration) for what migrate never wrote.
std::optional<std::vector<std::string>> parse_names_json(const std::optional<std::string>& text);

}  // namespace migrate::mysql
