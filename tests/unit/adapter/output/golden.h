#pragma once

#include <string>

namespace migrate::output {

/// Fails the test when `actual` is not what tests/golden/<name> holds. With MIGRATE_UPDATE_GOLDEN=1
/// in the environment the file is written instead.
void expect_golden(const std::string& name, const std::string& actual);

}  // namespace migrate::output
