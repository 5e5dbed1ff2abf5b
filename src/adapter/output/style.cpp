#include "adapter/output/style.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace migrate::output {

Style detect_style(int fd, std::string_view no_color, std::string_view term, ColourFlag flag) {
  Style style;
  if (isatty(fd) == 0) return style;
  const bool dumb = term.empty() || term == "dumb";
  style.medium = dumb ? Medium::dumb_terminal : Medium::terminal;
  if (!dumb && no_color.empty() && flag == ColourFlag::unset) style.colour = Colour::on;
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = size.ws_col;
  return style;
}

}  // namespace migrate::output
