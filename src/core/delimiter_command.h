#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace migrate::core {

/// Whether a line begins with the command DELIMITER of the mysql client
/// (https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html).
enum class DelimiterCommand { no, yes, need_input };

/// `text` begins behind the line's leading blanks; `last`: nothing follows it in the file.
enum class TextEnd { open, last };
DelimiterCommand find_delimiter_command(std::string_view text, TextEnd end);

struct Delimiter {
  std::string text;
};
struct DelimiterError {
  std::string message;
};

/// The delimiter that the line (from the word DELIMITER, without its end) sets: the first argument,
/// in quotes or up to white space.
std::variant<Delimiter, DelimiterError> parse_delimiter_command(std::string_view line);

}  // namespace migrate::core
