#include "support/schema_text.h"

#include <regex>

namespace migrate::testing {

std::string schema_text(RawConnection& sql, const std::string& schema) {
  static const std::regex counter(" AUTO_INCREMENT=[0-9]+");
  std::string text;
  const auto add = [&](const std::string& kind, const std::string& names, std::size_t column) {
    for (const Row& row : sql.query(names)) {
      const auto shown =
          sql.query("SHOW CREATE " + kind + " `" + schema + "`.`" + row[0].value_or("") + "`");
      text += std::regex_replace(shown.at(0).at(column).value_or(""), counter, "") + "\n";
    }
  };
  const std::string of_schema = " = '" + schema + "'";
  const auto tables = [&](const std::string& type) {
    return "SELECT table_name FROM information_schema.tables WHERE table_schema" + of_schema +
           " AND table_type = '" + type +
           "' AND table_name NOT LIKE 'migrate\\_%' ORDER BY table_name";
  };
  const auto routines = [&](const std::string& type) {
    return "SELECT routine_name FROM information_schema.routines WHERE routine_schema" + of_schema +
           " AND routine_type = '" + type + "' ORDER BY routine_name";
  };
  text += sql.query("SHOW CREATE DATABASE `" + schema + "`").at(0).at(1).value_or("") + "\n";
  add("TABLE", tables("BASE TABLE"), 1);
  add("VIEW", tables("VIEW"), 1);
  add("PROCEDURE", routines("PROCEDURE"), 2);
  add("FUNCTION", routines("FUNCTION"), 2);
  add("TRIGGER",
      "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema" + of_schema +
          " ORDER BY trigger_name",
      2);
  add("EVENT",
      "SELECT event_name FROM information_schema.events WHERE event_schema" + of_schema +
          " ORDER BY event_name",
      3);
  return text;
}

}  // namespace migrate::testing
