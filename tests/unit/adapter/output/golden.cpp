#include "unit/adapter/output/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "support/repository.h"

namespace migrate::output {

void expect_golden(const std::string& name, const std::string& actual) {
  const std::filesystem::path path = testing::repository() / "tests" / "golden" / name;
  if (std::getenv("MIGRATE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; MIGRATE_UPDATE_GOLDEN=1 writes it";
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(expected.str(), actual) << "differs from " << path;
}

}  // namespace migrate::output
