#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/schema/schema.h"

// What SHOW CREATE shows, taken apart token by token, and put together again without what does not
// belong to the object: counter, definer, the name of the schema. Each reader returns nothing for a
// text that it does not know the form of.
namespace migrate::core::schema {

/// SHOW CREATE TABLE in a session with migrate's own sql_mode. `schema`: where the table is; names
/// that are qualified with it lose that. What the text does not tell is left empty: character sets
/// that the server resolves, estimates, the fingerprint.
std::optional<Table> read_create_table(std::string_view text, std::string_view schema);

/// The collation that a character set has where none is named.
using DefaultCollations = std::map<std::string, std::string>;

/// Finds the character sets and collations of the table and its columns, and brings the definitions
/// into their canonical form: a column names both if they are not the table's, and neither if they
/// are. What the server shows depends on the words that the column was made with.
void settle_charsets(Table& table, const DefaultCollations& defaults);

/// A CREATE TABLE of these parts.
std::string create_table_text(const Table& table);

/// The column's definition with its character set and collation, wherever it has one, so that it
/// means the same in any table.
std::string explicit_definition(const Column& column);

/// SHOW CREATE VIEW.
std::optional<View> read_create_view(std::string_view text, std::string_view schema);

/// How the text of a COMMENT stands there: a server shows it with backslashes, also where the
/// program's own sql_mode does not take them for escapes; a definition has it as that mode wants
/// it.
enum class Comments { as_shown, as_defined };

/// SHOW CREATE PROCEDURE, FUNCTION, PACKAGE, PACKAGE BODY. It is read as its sql_mode says.
std::optional<Routine> read_create_routine(std::string_view text, Creation creation,
                                           Comments comments = Comments::as_shown);

/// SHOW CREATE TRIGGER.
std::optional<Trigger> read_create_trigger(std::string_view text, Creation creation);

/// What a STARTS in the text says.
enum class Starts { as_declared, when_created };
/// SHOW CREATE EVENT.
std::optional<Event> read_create_event(std::string_view text, Creation creation, Starts starts,
                                       Comments comments = Comments::as_shown);

/// SHOW CREATE SEQUENCE.
std::optional<Sequence> read_create_sequence(std::string_view text, std::string_view schema);

/// What makes a session as it was when a program was created; the character set of the client
/// stays.
std::string session_statement(const Creation& creation);

/// All that a fingerprint is made of: what is the same for two objects is the same here.
std::string fingerprint_text(const Table& table);
std::string fingerprint_text(const View& view);
std::string fingerprint_text(const Routine& routine);
std::string fingerprint_text(const Trigger& trigger);
std::string fingerprint_text(const Event& event);
std::string fingerprint_text(const Sequence& sequence);

}  // namespace migrate::core::schema
