#include "support/repository.h"

namespace migrate::testing {

// Told by CMake: __FILE__ is relative where a compiler cache makes it so.
std::filesystem::path repository() {
  return MIGRATE_REPOSITORY;
}

}  // namespace migrate::testing
