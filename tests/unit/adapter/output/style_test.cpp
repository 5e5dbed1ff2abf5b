#include "adapter/output/style.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace migrate::output {
namespace {

/// The program's end of a pseudo-terminal.
class Terminal {
 public:
  Terminal() : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
    grantpt(master_);
    unlockpt(master_);
    slave_ = open(ptsname(master_), O_RDWR | O_NOCTTY);
  }
  ~Terminal() {
    close(slave_);
    close(master_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  int fd() const { return slave_; }
  void resize(unsigned short columns) const {
    winsize size{};
    size.ws_col = columns;
    ioctl(master_, TIOCSWINSZ, &size);
  }

 private:
  int master_;
  int slave_ = -1;
};

TEST(Style, OfATerminal) {
  const Terminal terminal;
  EXPECT_EQ(detect_style(terminal.fd(), "", "xterm", ColourFlag::unset).width, 100U);
  terminal.resize(132);
  const Style style = detect_style(terminal.fd(), "", "xterm", ColourFlag::unset);
  EXPECT_EQ(style.width, 132U);
  EXPECT_EQ(style.medium, Medium::terminal);
  EXPECT_EQ(style.colour, Colour::on);
}

TEST(Style, WithoutColour) {
  const Terminal terminal;
  EXPECT_EQ(detect_style(terminal.fd(), "1", "xterm", ColourFlag::unset).colour, Colour::off);
  EXPECT_EQ(detect_style(terminal.fd(), "", "xterm", ColourFlag::no_color).colour, Colour::off);
  const Style dumb = detect_style(terminal.fd(), "", "dumb", ColourFlag::unset);
  EXPECT_EQ(dumb.colour, Colour::off);
  EXPECT_EQ(dumb.medium, Medium::dumb_terminal);
}

TEST(Style, OfWhatIsNoTerminal) {
  const int fd = open("/dev/null", O_WRONLY);
  const Style style = detect_style(fd, "", "xterm", ColourFlag::unset);
  close(fd);
  EXPECT_EQ(style.medium, Medium::file);
  EXPECT_EQ(style.colour, Colour::off);
}

}  // namespace
}  // namespace migrate::output
