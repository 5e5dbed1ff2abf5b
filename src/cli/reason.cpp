#include "reason.h"

#include <string>

namespace migrate::cli {

CLI::Validator says_something() {
  return {[](std::string& text) {
            const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
            return std::string(blank ? "a reason is expected, and the log keeps it" : "");
          },
          ""};
}

}  // namespace migrate::cli
