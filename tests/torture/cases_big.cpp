#include "cases.h"

namespace migrate::torture {
namespace {

std::vector<std::string> instantly(CaseContext&) {
  return {
      "ALTER TABLE big ADD COLUMN ~now INT DEFAULT 3, ALGORITHM=INSTANT;\n"
      "UPDATE big SET ~now = n WHERE id <= 20000;\n"
      "ALTER TABLE big ALTER COLUMN ~now SET DEFAULT 4;\n"};
}

std::vector<std::string> in_place(CaseContext&) {
  return {
      "ALTER TABLE big ADD INDEX ~of_n (n), ALGORITHM=INPLACE;\n"
      "UPDATE big SET n = n + 1 WHERE id % 20 = 0;\n"
      "CREATE INDEX ~of_text ON big (text);\n"};
}

std::vector<std::string> by_copy(CaseContext&) {
  return {
      "ALTER TABLE big ADD COLUMN ~copied INT, ADD COLUMN ~other INT;\n"
      "ALTER TABLE big MODIFY n BIGINT NOT NULL, ALGORITHM=COPY;\n"
      "ALTER TABLE big DROP COLUMN ~other;\n"};
}

std::vector<std::string> from_it(CaseContext&) {
  return {
      "CREATE TABLE ~part LIKE big;\n"
      "INSERT INTO ~part (id, n, text) SELECT id, n, text FROM big WHERE id % 4 = 0;\n"
      "CREATE UNIQUE INDEX ~of_id ON ~part (id);\n"
      "DELETE FROM ~part WHERE id % 3 = 0;\n"
      "RENAME TABLE ~part TO ~renamed;\n"
      "DROP TABLE ~renamed;\n"};
}

}  // namespace

const std::vector<Case>& big_cases() {
  static const std::vector<Case> all{instantly, in_place, by_copy, from_it};
  return all;
}

}  // namespace migrate::torture
