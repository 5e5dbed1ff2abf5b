#include <array>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "core/schema/definition_text.h"
#include "definer.h"
#include "object_reader.h"
#include "qualifier.h"
#include "token_cursor.h"

namespace migrate::core::schema {
namespace {

LexRules rules_of(const Creation& creation) {
  const auto has = [&creation](std::string_view mode) {
    return ("," + creation.sql_mode + ",").find("," + std::string(mode) + ",") != std::string::npos;
  };
  return {.ansi_quotes = has("ANSI_QUOTES"),
          .no_backslash_escapes = has("NO_BACKSLASH_ESCAPES"),
          .oracle = has("ORACLE")};
}

std::string rest(const TokenCursor& cursor, std::string_view text) {
  std::string_view rest = text.substr(cursor.begin());
  while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
  return std::string(rest);
}

/// Of a program's text, in the way that its mode wants it.
class CommentWriter {
 public:
  CommentWriter(std::string& text, const LexRules& rules, Comments comments)
      : text_(text),
        rules_(rules),
        to_be_written_(comments == Comments::as_shown && rules.no_backslash_escapes) {}

  /// Over the string behind COMMENT.
  void take(TokenCursor& cursor) const {
    if (!to_be_written_) return cursor.advance();
    const std::size_t begin = cursor.begin();
    TokenCursor shown(std::string_view(text_).substr(begin), {});
    const std::string comment = shown.take_text();
    std::string literal = "'";
    for (const char c : comment) literal += c == '\'' ? std::string("''") : std::string(1, c);
    literal += '\'';
    text_.replace(begin, shown.end_of_previous(), literal);
    cursor = TokenCursor(text_, rules_);
    while (cursor.begin() < begin + literal.size()) cursor.advance();
  }

 private:
  std::string& text_;
  const LexRules& rules_;
  bool to_be_written_;
};

/// Over FOLLOWS or PRECEDES and the name behind it.
void skip_trigger_order(TokenCursor& cursor) {
  if (cursor.take("FOLLOWS") || cursor.take("PRECEDES")) cursor.advance();
}

// varchar(10) CHARSET latin1 COLLATE latin1_bin
void skip_type(TokenCursor& cursor) {
  cursor.advance();
  if (cursor.at_mark('(')) cursor.advance_over_group();
  for (;;) {
    if (cursor.take("CHARACTER")) {
      cursor.take("SET");
      cursor.advance();
    } else if (cursor.take("CHARSET") || cursor.take("COLLATE")) {
      cursor.advance();
    } else if (!cursor.take("UNSIGNED") && !cursor.take("ZEROFILL") && !cursor.take("SIGNED") &&
               !cursor.take("BINARY")) {
      return;
    }
  }
}

// What stands between the parameters and the body:
// https://dev.mysql.com/doc/refman/9.7/en/create-procedure.html
void skip_characteristics(TokenCursor& cursor, Routine& routine, const CommentWriter& comment) {
  for (;;) {
    if (cursor.take("SQL")) {
      cursor.take("SECURITY");
      routine.security = to_upper(cursor.take_text());
    } else if (cursor.take("COMMENT")) {
      comment.take(cursor);
    } else if (cursor.take("LANGUAGE")) {
      cursor.advance();
    } else if (cursor.take("CONTAINS") || cursor.take("NO")) {
      cursor.take("SQL");
    } else if (cursor.take("READS") || cursor.take("MODIFIES")) {
      cursor.take("SQL");
      cursor.take("DATA");
    } else if (cursor.take("USING")) {
      if (cursor.at_mark('(')) cursor.advance_over_group();
    } else if (!cursor.take("NOT") && !cursor.take("DETERMINISTIC")) {
      return;
    }
  }
}

std::optional<RoutineKind> take_routine_kind(TokenCursor& cursor) {
  if (cursor.take("PROCEDURE")) return RoutineKind::procedure;
  if (cursor.take("FUNCTION")) return RoutineKind::function;
  if (!cursor.take("PACKAGE")) return std::nullopt;
  return cursor.take("BODY") ? RoutineKind::package_body : RoutineKind::package;
}

// Not the character set of the client: the server gives the text in whatever is asked for, and only
// the connection's collation is in what it means.
std::string of_creation(const Creation& creation) {
  return fmt::format("\n-- {}\n-- {} {} {}", creation.sql_mode, creation.collation,
                     creation.database_collation, creation.time_zone);
}

}  // namespace

std::optional<View> read_create_view(std::string_view text, std::string_view schema) {
  View view;
  auto [own, definer] = without_definer(view_without_qualifier(text, schema), {});
  view.definer = std::move(definer);
  TokenCursor cursor(own, {});
  while (!cursor.at_end() && !cursor.at("VIEW")) {
    if (cursor.take("SECURITY")) view.security = to_upper(cursor.text());
    cursor.advance();
  }
  if (!cursor.take("VIEW") || !cursor.at_name()) return std::nullopt;
  view.name = cursor.take_text();
  if (cursor.at_mark('(')) cursor.advance_over_group();
  if (!cursor.take("AS")) return std::nullopt;
  view.body = rest(cursor, own);
  bool table_comes = false;
  for (; !cursor.at_end(); cursor.advance()) {
    if (table_comes && cursor.kind() == TokenKind::quoted_identifier) {
      TokenCursor table = cursor;
      std::string name = table.take_text();
      if (!table.at_mark('.')) view.uses.push_back(std::move(name));
    }
    if (cursor.at_mark('(')) continue;
    table_comes = cursor.at("FROM") || cursor.at("JOIN") || cursor.at("STRAIGHT_JOIN");
  }
  view.definition = std::move(own);
  return view;
}

std::optional<Routine> read_create_routine(std::string_view text, Creation creation,
                                           Comments comments) {
  const LexRules rules = rules_of(creation);
  Routine routine{.creation = std::move(creation)};
  auto [own, definer] = without_definer(text, rules);
  routine.definer = std::move(definer);
  TokenCursor cursor(own, rules);
  if (!cursor.take("CREATE")) return std::nullopt;
  if (cursor.take("OR")) cursor.take("REPLACE");
  cursor.take("AGGREGATE");
  const auto kind = take_routine_kind(cursor);
  if (!kind || !cursor.at_name()) return std::nullopt;
  routine.kind = *kind;
  take_existence(cursor);
  routine.name = take_object_name(cursor, ObjectKind::procedure)->name;
  if (cursor.at_mark('(')) cursor.advance_over_group();
  if (cursor.take("RETURNS") || cursor.take("RETURN")) skip_type(cursor);
  skip_characteristics(cursor, routine, CommentWriter(own, rules, comments));
  routine.body = rest(cursor, own);
  routine.definition = std::move(own);
  return routine;
}

std::optional<Trigger> read_create_trigger(std::string_view text, Creation creation) {
  const LexRules rules = rules_of(creation);
  Trigger trigger{.creation = std::move(creation)};
  auto [own, definer] = without_definer(text, rules);
  trigger.definer = std::move(definer);
  TokenCursor cursor(own, rules);
  if (!cursor.take("CREATE")) return std::nullopt;
  if (cursor.take("OR")) cursor.take("REPLACE");
  if (!cursor.take("TRIGGER")) return std::nullopt;
  take_existence(cursor);
  const auto name = take_object_name(cursor, ObjectKind::trigger);
  trigger.timing = to_upper(cursor.text());
  cursor.advance();
  trigger.event = to_upper(cursor.text());
  cursor.advance();
  if (!name || !cursor.take("ON")) return std::nullopt;
  const auto table = take_object_name(cursor, ObjectKind::table);
  if (!table || !cursor.take("FOR") || !cursor.take("EACH") || !cursor.take("ROW"))
    return std::nullopt;
  skip_trigger_order(cursor);
  trigger.name = name->name;
  trigger.table = table->name;
  trigger.body = rest(cursor, own);
  // MariaDB keeps the words as somebody wrote them, with another case and the schema's name.
  trigger.definition =
      fmt::format("CREATE TRIGGER {} {} {} ON {} FOR EACH ROW {}", quoted_name(trigger.name),
                  trigger.timing, trigger.event, quoted_name(trigger.table), trigger.body);
  return trigger;
}

std::optional<Event> read_create_event(std::string_view text, Creation creation, Starts starts,
                                       Comments comments) {
  const LexRules rules = rules_of(creation);
  Event event{.creation = std::move(creation)};
  auto [own, definer] = without_definer(text, rules);
  event.definer = std::move(definer);
  TokenCursor cursor(own, rules);
  while (!cursor.at_end() && !cursor.at("EVENT")) cursor.advance();
  if (!cursor.take("EVENT")) return std::nullopt;
  take_existence(cursor);
  const auto name = take_object_name(cursor, ObjectKind::event);
  if (!name) return std::nullopt;
  event.name = name->name;
  std::size_t starts_begin = 0;
  std::size_t starts_end = 0;
  while (!cursor.at_end() && !cursor.at("DO")) {
    if (cursor.at("STARTS")) {
      starts_begin = cursor.begin();
      cursor.advance();
      cursor.advance();
      starts_end = cursor.begin();
    } else if (cursor.take("COMMENT")) {
      CommentWriter(own, rules, comments).take(cursor);
    } else {
      cursor.advance();
    }
  }
  if (!cursor.take("DO")) return std::nullopt;
  event.body = rest(cursor, own);
  if (starts == Starts::when_created) own.erase(starts_begin, starts_end - starts_begin);
  event.definition = std::move(own);
  return event;
}

std::optional<Sequence> read_create_sequence(std::string_view text, std::string_view schema) {
  Sequence sequence{.definition = without_qualifier(text, schema)};
  TokenCursor cursor(sequence.definition, {});
  if (!cursor.take("CREATE") || !cursor.take("SEQUENCE") || !cursor.at_name()) return std::nullopt;
  sequence.name = cursor.take_text();
  return sequence;
}

std::string session_statement(const Creation& creation) {
  std::string statement = fmt::format("SET SESSION sql_mode = '{}', collation_connection = {}",
                                      creation.sql_mode, creation.collation);
  if (!creation.time_zone.empty())
    statement += fmt::format(", time_zone = '{}'", creation.time_zone);
  return statement;
}

std::string fingerprint_text(const View& view) {
  return view.definition + of_creation(view.creation);
}
std::string fingerprint_text(const Routine& routine) {
  return routine.definition + of_creation(routine.creation);
}
std::string fingerprint_text(const Trigger& trigger) {
  return trigger.definition + of_creation(trigger.creation);
}
std::string fingerprint_text(const Event& event) {
  return event.definition + of_creation(event.creation);
}
std::string fingerprint_text(const Sequence& sequence) {
  return sequence.definition;
}

}  // namespace migrate::core::schema
