#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace migrate::output {

/// Columns that the text takes on a terminal.
std::size_t display_width(std::string_view text);

/// At most `width` columns; what is cut off is told by "…" at the end.
std::string shorten(std::string_view text, std::size_t width);

/// One line that is safe to print: every run of white space is one space, none at the ends; control
/// characters and bytes that are not UTF-8 are written as \x1b, \u202e.
std::string one_line(std::string_view text);

/// The lines of a text, each safe to print; indentation stays, a tab is two spaces, empty lines at
/// both ends are left out.
std::vector<std::string> safe_lines(std::string_view text);

/// The text in lines of at most `width` columns, broken at spaces; each but the first begins with
/// `indent` spaces. A word that is longer than a line stays whole: it may be a path to be copied.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent);

/// `text`, then spaces up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

}  // namespace migrate::output
