#include "terminal_prompt.h"

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "adapter/posix/file_descriptor.h"

namespace migrate::config {
namespace {

constexpr char ctrl_c = 0x03;
constexpr char ctrl_d = 0x04;
constexpr char backspace = 0x08;
constexpr char ctrl_u = 0x15;
constexpr char erase = 0x7f;

// Signals from the keyboard are off too: Ctrl-C arrives as a byte, so that no way out leaves the
// terminal without echo.
class QuietTerminal {
 public:
  explicit QuietTerminal(int fd) : fd_(fd), is_terminal_(tcgetattr(fd, &before_) == 0) {
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(fd_, TCSAFLUSH, &quiet);
  }
  ~QuietTerminal() {
    if (is_terminal_) tcsetattr(fd_, TCSAFLUSH, &before_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

 private:
  int fd_;
  termios before_{};
  bool is_terminal_;
};

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // A question that cannot be shown does not make the answer wrong.
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string read_line(int fd) {
  std::string line;
  for (;;) {
    char c = 0;
    const ssize_t count = ::read(fd, &c, 1);
    if (count < 0 || c == ctrl_c) {
      throw core::Fault(core::ExitCode::interrupted, "interrupted at the password prompt");
    }
    if (count == 0 || c == '\n' || c == '\r' || c == ctrl_d) return line;
    if (c == ctrl_u) {
      line.clear();
    } else if (c == backspace || c == erase) {
      // One character may be several bytes of UTF-8.
      while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0U) == 0x80U) {
        line.pop_back();
      }
      if (!line.empty()) line.pop_back();
    } else {
      line.push_back(c);
    }
  }
}

}  // namespace

std::string ask_on_terminal(const std::string& question, const Origin& asked_by) {
  const posix::FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal.valid()) {
    throw fault_at(asked_by, "cannot ask for the password: there is no terminal",
                   "use MIGRATE_PASSWORD, --password-file or password_command instead");
  }
  const QuietTerminal quiet(terminal.get());
  write_all(terminal.get(), question);
  std::string line = read_line(terminal.get());
  write_all(terminal.get(), "\n");
  return line;
}

}  // namespace migrate::config
