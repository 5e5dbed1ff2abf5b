#include "classify.h"

#include <array>

#include "ascii.h"
#include "keyword_set.h"
#include "set_statement.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

constexpr Classification unknown{Effect::schema, Bracket::none, Travel::alone};
constexpr Classification schema{Effect::schema, Bracket::none, Travel::together};
constexpr Classification data{Effect::data, Bracket::none, Travel::together};
constexpr Classification session{Effect::session, Bracket::none, Travel::together};
constexpr Classification neutral{Effect::neutral, Bracket::none, Travel::together};
// Ends a connection, or changes what the server is to others.
constexpr Classification administrative{Effect::neutral, Bracket::none, Travel::alone};

Classification bracketed(Bracket bracket) {
  return {Effect::session, bracket, Travel::together};
}

Classification alone(Classification classification) {
  classification.travel = Travel::alone;
  return classification;
}

bool names_account(const TokenCursor& cursor) {
  return cursor.at("USER") || cursor.at("ROLE");
}

void skip_definer(TokenCursor& cursor) {
  cursor.take_mark('=');
  cursor.advance();
  if (cursor.take_mark('@')) cursor.advance();
  if (cursor.take_mark('(')) cursor.take_mark(')');
}

Classification classify_create(TokenCursor& cursor) {
  if (cursor.take("OR")) cursor.take("REPLACE");
  if (cursor.at("TEMPORARY")) return session;
  if (names_account(cursor)) return neutral;
  cursor.take("AGGREGATE");
  if (cursor.at("FUNCTION") || cursor.at("PROCEDURE") || cursor.at("TRIGGER") ||
      cursor.at("EVENT") || cursor.at("PACKAGE") || cursor.at("LIBRARY")) {
    return alone(schema);
  }
  if (cursor.take("DEFINER")) {
    skip_definer(cursor);
    cursor.take("AGGREGATE");
    return cursor.at("VIEW") || cursor.at("SQL") ? schema : alone(schema);
  }
  return schema;
}

Classification classify_alter(const TokenCursor& cursor) {
  if (names_account(cursor) || cursor.at("INSTANCE")) return neutral;
  return cursor.at("EVENT") || cursor.at("DEFINER") ? alone(schema) : schema;
}

Classification classify_drop(const TokenCursor& cursor) {
  if (cursor.at("TEMPORARY") || cursor.at("PREPARE")) return session;
  return names_account(cursor) ? neutral : schema;
}

// A value that the text does not show is most likely what it was at first: on. And what is taken
// for on is put into a transaction, which is right in either case.
Bracket autocommit_bracket(const TokenCursor& value) {
  const bool off = value.text() == "0" || value.at("OFF") || value.at("FALSE") ||
                   to_upper(TokenCursor(value).take_text()) == "OFF";
  return off ? Bracket::stops_autocommit : Bracket::resumes_autocommit;
}

Classification classify_statement(TokenCursor& cursor);

Classification classify_set(TokenCursor& cursor) {
  if (cursor.at("PASSWORD")) return neutral;
  if (TokenCursor ahead = cursor; ahead.take("DEFAULT") && ahead.at("ROLE")) return neutral;
  if (cursor.take("STATEMENT")) {
    while (!cursor.at_end() && !cursor.at("FOR")) cursor.advance();
    cursor.advance();
    return classify_statement(cursor);
  }
  bool changes_session = false;
  Bracket bracket = Bracket::none;
  for_each_assignment(cursor, [&](const Assignment& assignment, const TokenCursor& value) {
    if (assignment.scope == Assignment::Scope::global) return;
    changes_session = true;
    if (assignment.name == "AUTOCOMMIT" && assignment.target == Assignment::Target::variable) {
      bracket = autocommit_bracket(value);
    }
  });
  return changes_session ? bracketed(bracket) : neutral;
}

// COMMIT and ROLLBACK; AND CHAIN opens the next transaction at once.
Classification classify_end_of_transaction(TokenCursor& cursor) {
  cursor.take("WORK");
  if (cursor.at("TO")) return data;
  if (cursor.take("AND") && cursor.at("CHAIN")) return bracketed(Bracket::opens_transaction);
  return bracketed(Bracket::closes_transaction);
}

Classification classify_begin(TokenCursor& cursor) {
  if (cursor.take("WORK") || cursor.at_end() || cursor.at_mark(';')) {
    return bracketed(Bracket::opens_transaction);
  }
  return unknown;
}

Classification classify_xa(const TokenCursor& cursor) {
  if (cursor.at("BEGIN") || cursor.at("START")) return bracketed(Bracket::opens_xa);
  return cursor.at("RECOVER") ? data : session;
}

Classification classify_flush(TokenCursor& cursor) {
  if (!cursor.at("TABLES") && !cursor.at("TABLE") && !cursor.at("LOCAL") &&
      !cursor.at("NO_WRITE_TO_BINLOG")) {
    return neutral;
  }
  while (!cursor.at("TABLES") && !cursor.at("TABLE") && !cursor.at_end()) cursor.advance();
  cursor.advance();
  const Bracket bracket = cursor.at("WITH") ? Bracket::freezes_server : Bracket::freezes_tables;
  for (; !cursor.at_end(); cursor.advance()) {
    if (cursor.take("READ") && cursor.at("LOCK")) return bracketed(bracket);
    if (cursor.take("FOR") && cursor.at("EXPORT")) return bracketed(bracket);
  }
  return neutral;
}

Classification classify_load(TokenCursor& cursor) {
  if (cursor.at("INDEX")) return neutral;
  if (!cursor.take("DATA") && !cursor.take("XML")) return unknown;
  if (!cursor.take("LOW_PRIORITY")) cursor.take("CONCURRENT");
  return cursor.at("LOCAL") ? alone(data) : data;
}

bool names_table(const TokenCursor& cursor) {
  return cursor.at("TABLE") || cursor.at("TABLES") || cursor.at("LOCAL") ||
         cursor.at("NO_WRITE_TO_BINLOG");
}

struct Verb {
  std::string_view word;
  Classification (*classify)(TokenCursor& behind);
};

// By the first word, in alphabetical order.
constexpr std::array<Verb, 57> verbs{{
    {"ALTER", [](TokenCursor& c) { return classify_alter(c); }},
    {"ANALYZE", [](TokenCursor& c) { return names_table(c) ? neutral : data; }},
    {"BACKUP", [](TokenCursor& c) { return c.at("STAGE") ? neutral : session; }},
    {"BEGIN", [](TokenCursor& c) { return classify_begin(c); }},
    {"CACHE", [](TokenCursor&) { return neutral; }},
    {"CALL", [](TokenCursor&) { return alone(data); }},
    {"CHANGE", [](TokenCursor&) { return administrative; }},
    {"CHECK", [](TokenCursor&) { return neutral; }},
    {"CHECKSUM", [](TokenCursor&) { return data; }},
    {"COMMIT", [](TokenCursor& c) { return classify_end_of_transaction(c); }},
    {"CREATE", [](TokenCursor& c) { return classify_create(c); }},
    {"DEALLOCATE", [](TokenCursor&) { return session; }},
    {"DELETE", [](TokenCursor&) { return data; }},
    {"DESC", [](TokenCursor&) { return data; }},
    {"DESCRIBE", [](TokenCursor&) { return data; }},
    {"DO", [](TokenCursor&) { return data; }},
    {"DROP", [](TokenCursor& c) { return classify_drop(c); }},
    {"EXECUTE", [](TokenCursor&) { return unknown; }},
    {"EXPLAIN", [](TokenCursor&) { return data; }},
    {"FLUSH", [](TokenCursor& c) { return classify_flush(c); }},
    {"GET", [](TokenCursor&) { return data; }},
    {"GRANT", [](TokenCursor&) { return neutral; }},
    {"HANDLER", [](TokenCursor&) { return data; }},
    {"HELP", [](TokenCursor&) { return data; }},
    {"IMPORT", [](TokenCursor&) { return schema; }},
    {"INSERT", [](TokenCursor&) { return data; }},
    {"KILL", [](TokenCursor&) { return administrative; }},
    {"LOAD", [](TokenCursor& c) { return classify_load(c); }},
    {"LOCK",
     [](TokenCursor& c) { return c.at("INSTANCE") ? session : bracketed(Bracket::locks_tables); }},
    {"OPTIMIZE", [](TokenCursor&) { return neutral; }},
    {"PREPARE", [](TokenCursor&) { return session; }},
    {"PURGE", [](TokenCursor&) { return administrative; }},
    {"RELEASE", [](TokenCursor&) { return data; }},
    {"RENAME", [](TokenCursor& c) { return names_account(c) ? neutral : schema; }},
    {"REPAIR", [](TokenCursor&) { return neutral; }},
    {"REPLACE", [](TokenCursor&) { return data; }},
    {"RESET", [](TokenCursor&) { return administrative; }},
    {"RESIGNAL", [](TokenCursor&) { return data; }},
    {"RESTART", [](TokenCursor&) { return administrative; }},
    {"REVOKE", [](TokenCursor&) { return neutral; }},
    {"ROLLBACK", [](TokenCursor& c) { return classify_end_of_transaction(c); }},
    {"SAVEPOINT", [](TokenCursor&) { return data; }},
    {"SELECT", [](TokenCursor&) { return data; }},
    {"SET", [](TokenCursor& c) { return classify_set(c); }},
    {"SHOW", [](TokenCursor&) { return data; }},
    {"SHUTDOWN", [](TokenCursor&) { return administrative; }},
    {"SIGNAL", [](TokenCursor&) { return data; }},
    {"START",
     [](TokenCursor& c) {
       return c.at("TRANSACTION") ? bracketed(Bracket::opens_transaction) : administrative;
     }},
    {"STOP", [](TokenCursor&) { return administrative; }},
    {"TABLE", [](TokenCursor&) { return data; }},
    {"TRUNCATE", [](TokenCursor&) { return schema; }},
    {"UNLOCK",
     [](TokenCursor& c) {
       return c.at("INSTANCE") ? session : bracketed(Bracket::unlocks_tables);
     }},
    {"UPDATE", [](TokenCursor&) { return data; }},
    {"USE", [](TokenCursor&) { return session; }},
    {"VALUES", [](TokenCursor&) { return data; }},
    {"WITH", [](TokenCursor&) { return data; }},
    {"XA", [](TokenCursor& c) { return classify_xa(c); }},
}};

constexpr std::array<std::string_view, verbs.size()> words_of_verbs() {
  std::array<std::string_view, verbs.size()> words;
  for (std::size_t i = 0; i < verbs.size(); ++i) words.at(i) = verbs.at(i).word;
  return words;
}

constexpr KeywordSet first_words(words_of_verbs());

Classification classify_statement(TokenCursor& cursor) {
  bool parenthesised = false;
  while (cursor.take_mark('(')) parenthesised = true;
  if (cursor.kind() != TokenKind::word) return unknown;
  if (parenthesised) {
    const bool query =
        cursor.at("SELECT") || cursor.at("WITH") || cursor.at("VALUES") || cursor.at("TABLE");
    return query ? data : unknown;
  }
  const std::size_t verb = first_words.index_of(cursor.text());
  if (verb == first_words.none) return unknown;
  cursor.advance();
  return verbs.at(verb).classify(cursor);
}

}  // namespace

Classification classify(std::string_view statement, const LexRules& rules) {
  TokenCursor cursor(statement, rules);
  return classify_statement(cursor);
}

}  // namespace migrate::core
