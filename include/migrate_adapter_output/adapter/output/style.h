#pragma once

#include <cstddef>
#include <string_view>

namespace migrate::output {

enum class Colour { off, on };

/// What stands behind a stream.
enum class Medium {
  file,           ///< a file or a pipe: nothing is cut, nothing is redrawn
  dumb_terminal,  ///< a terminal that knows no control sequences (TERM empty or "dumb")
  terminal,
};

enum class Verbosity {
  quiet,  ///< only what needs somebody
  normal,
  verbose  ///< every statement, every column
};

/// How text for people is laid out.
struct Style {
  Colour colour = Colour::off;
  Medium medium = Medium::file;
  std::size_t width = 100;  ///< columns; tables are cut to it on a terminal only
  Verbosity verbosity = Verbosity::normal;
};

enum class ColourFlag { unset, no_color };  ///< --no-color

/// Looks at what `fd` is and how wide it is (100 columns where it cannot tell). `no_color` and
/// `term` are the values of NO_COLOR and TERM, empty when unset; a NO_COLOR that is not empty turns
/// colour off (https://no-color.org). Never fails.
Style detect_style(int fd, std::string_view no_color, std::string_view term, ColourFlag flag);

}  // namespace migrate::output
