#pragma once

#include <filesystem>

namespace migrate::testing {

/// The root of this checkout, absolute: where tests find the files that the project ships.
std::filesystem::path repository();

}  // namespace migrate::testing
