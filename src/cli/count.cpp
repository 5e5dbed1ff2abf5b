#include "count.h"

#include <string>

namespace migrate::cli {

CLI::Validator at_least_one() {
  return {[](std::string& text) {
            const bool none = text.starts_with('-') || text.find_first_not_of('0') == text.npos;
            return std::string(none ? "a number from 1 on is expected" : "");
          },
          ""};
}

}  // namespace migrate::cli
