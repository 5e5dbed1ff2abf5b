#include "adapter/output/terminal.h"

#include <fstream>

namespace migrate::output {
namespace {

class ControllingTerminal : public port::Terminal {
 public:
  std::optional<std::string> ask(const std::string& question) override {
    std::fstream tty("/dev/tty", std::ios::in | std::ios::out);
    if (!tty) return std::nullopt;
    tty << question << std::flush;
    std::string line;
    if (!std::getline(tty, line)) return std::nullopt;
    return line;
  }
};

}  // namespace

std::unique_ptr<port::Terminal> make_terminal() {
  return std::make_unique<ControllingTerminal>();
}

}  // namespace migrate::output
