#include "names_json.h"

#include <nlohmann/json.hpp>

#include "core/fault.h"

namespace migrate::mysql {

using Json = nlohmann::json;

std::string names_json(const std::vector<std::string>& names) {
  constexpr bool ascii = true;
  return Json(names).dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

std::optional<std::vector<std::string>> parse_names_json(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  try {
    return Json::parse(*text).get<std::vector<std::string>>();
  } catch (const Json::exception&) {
    throw core::Fault(core::ExitCode::configuration,
                      "the history's table migrate_schema holds names that migrate never wrote",
                      "find out who changed the table migrate_schema");
  }
}

}  // namespace migrate::mysql
