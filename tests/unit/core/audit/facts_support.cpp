#include "unit/core/audit/facts_support.h"

#include <sstream>
#include <stdexcept>

#include "core/schema/definition_text.h"

namespace migrate::core::audit {
namespace {

const schema::DefaultCollations collations{{"latin1", "latin1_swedish_ci"},
                                           {"utf8mb3", "utf8mb3_general_ci"},
                                           {"utf8mb4", "utf8mb4_general_ci"}};

class Reader {
 public:
  Told read(const std::string& text) {
    told_.facts.schema.name = "shop";
    told_.facts.schema.charset = "utf8mb4";
    told_.facts.schema.collation = "utf8mb4_unicode_520_ci";
    told_.facts.connection_collation = "utf8mb4_unicode_520_ci";
    told_.facts.default_collations = collations;
    told_.policy.collation = "utf8mb4_unicode_520_ci";
    std::istringstream lines(text);
    std::string statement;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("-- ")) {
        fact(line.substr(3));
        continue;
      }
      statement += line + "\n";
      if (!line.ends_with(';')) continue;
      make(statement.substr(0, statement.rfind(';')));
      statement.clear();
    }
    return std::move(told_);
  }

 private:
  void fact(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    std::string first;
    std::string rest;
    words >> word >> first >> std::ws;
    std::getline(words, rest);
    Facts& facts = told_.facts;
    if (word == "schema") {
      facts.schema.charset = first.substr(0, first.find('_'));
      facts.schema.collation = first;
    } else if (word == "connection") {
      facts.connection_collation = first;
    } else if (word == "row-format") {
      facts.row_formats[first] = rest;
    } else if (word == "created") {
      created_ = {.collation = first, .database_collation = rest};
    } else if (word == "account") {
      if (!facts.accounts) facts.accounts.emplace();
      facts.accounts->insert(first);
    } else if (word == "zero") {
      facts.zero_dates.push_back({first, rest});
    } else if (word == "broken") {
      facts.broken_views.push_back({first, rest});
    } else if (word == "kept") {
      if (!facts.kept) facts.kept.emplace();
      facts.kept->push_back({.kind = schema::KeptKind::table, .name = first});
    } else if (word == "says-null") {
      facts.declared[first].path = "ddl/" + first + ".sql";
      facts.declared[first].table.columns.push_back({.name = rest, .says_null = true});
    } else if (word == "declared") {
      facts.declared[first] = {"ddl/" + first + ".sql", {.collation = rest}};
    } else if (word == "allow") {
      told_.policy.allow.push_back({first, rest, "the test says so", "migrate.yaml:9:5"});
    } else if (word == "finds") {
      told_.finds.insert(first);
    } else {
      throw std::invalid_argument(line);
    }
  }

  void make(const std::string& statement) {
    schema::Schema& schema = told_.facts.schema;
    if (auto table = schema::read_create_table(statement, "shop")) {
      schema::settle_charsets(*table, collations);
      schema.tables.push_back(*std::move(table));
    } else if (auto routine = schema::read_create_routine(statement, created_)) {
      schema.routines.push_back(*std::move(routine));
    } else {
      throw std::invalid_argument(statement);
    }
  }

  Told told_;
  schema::Creation created_{.collation = "utf8mb4_unicode_520_ci",
                            .database_collation = "utf8mb4_unicode_520_ci"};
};

}  // namespace

Told told(const std::string& text) {
  return Reader().read(text);
}

}  // namespace migrate::core::audit
