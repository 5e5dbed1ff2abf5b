#include "script_piece.h"

#include <fmt/format.h>

namespace migrate::core::schema {

std::string script_piece(const std::string& sql) {
  if (sql.find(';') == std::string::npos) return sql + ";\n";
  std::string delimiter = ";;";
  while (sql.find(delimiter) != std::string::npos) delimiter += ';';
  // On a line of its own: the text may end with a part of it.
  return fmt::format("DELIMITER {0}\n{1}\n{0}\nDELIMITER ;\n", delimiter, sql);
}

}  // namespace migrate::core::schema
