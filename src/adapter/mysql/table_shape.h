#pragma once

#include <string>

namespace migrate::mysql {

/// What SHOW CREATE TABLE shows of a table or a temporary table, so that the two can be compared: a
/// temporary table is a table, the counter is data, not shape, and MySQL lists the constraints of a
/// temporary table in another order.
std::string table_shape(const std::string& create_table);

}  // namespace migrate::mysql
