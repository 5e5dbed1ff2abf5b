#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "core/position.h"
#include "core/statement.h"

namespace migrate::core {

/// Where the lexer starts from: what a fresh session of `migrate` has, before the file changes it.
struct SplitterOptions {
  bool ansi_quotes = false;           ///< sql_mode holds ANSI_QUOTES: "x" is an identifier
  bool no_backslash_escapes = false;  ///< sql_mode holds NO_BACKSLASH_ESCAPES
  bool oracle = false;                ///< sql_mode holds ORACLE (MariaDB): packages, PL/SQL blocks
};

/// A piece of the file. All pieces of a file, texts joined in order, are the file byte for byte.
struct Piece {
  enum class Kind {
    statement,  ///< one statement, without delimiter and surrounding white space and comments
    filler,     ///< white space, comments, delimiters, DELIMITER lines, a BOM
  };
  Kind kind = Kind::filler;
  std::string_view text;  ///< valid until the next call of the splitter
  Position position;
  Effect effect = Effect::data;      ///< of a statement
  Bracket bracket = Bracket::none;   ///< of a statement
  Travel travel = Travel::together;  ///< of a statement
};

/// A copy of a piece that is one.
Statement statement_of(const Piece& piece);

struct NeedInput {};  ///< call feed() or finish(), then next() again
struct Finished {};   ///< the whole file was returned

/// The file cannot be split: a DELIMITER without argument, a string, comment or stored program that
/// never ends, a client command (SOURCE, \., \g, \G), a NUL byte outside a string. Nothing after it
/// is returned.
struct SplitError {
  Position position;
  std::string message;  ///< what was found and what was expected, for a person; no file name
};

using SplitResult = std::variant<Piece, NeedInput, Finished, SplitError>;

/// Cuts a SQL file into statements as the `mysql` command-line client and the server together would
/// see them, in one pass and in memory bounded by the longest statement. It follows DELIMITER, `SET
/// [SESSION] sql_mode` and `SET NAMES`/`SET character_set_client` (gbk, sjis, big5, cp932, gb18030
/// have multi-byte characters with ASCII trail bytes), and finds the end of a stored program that
/// comes without DELIMITER. Not thread-safe; one splitter a file.
class Splitter {
 public:
  explicit Splitter(SplitterOptions options = {});
  ~Splitter();
  Splitter(Splitter&&) noexcept;
  Splitter& operator=(Splitter&&) noexcept;

  /// Adds bytes. Only after next() returned NeedInput, or before the first next().
  void feed(std::string_view bytes);
  /// No more bytes will come. A last statement needs no delimiter.
  void finish();
  SplitResult next();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace migrate::core
