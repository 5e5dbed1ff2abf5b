#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace migrate::files {

/// Hands the bytes of a file over, in order, in pieces. Throws Fault(configuration) when it cannot
/// be read.
void read_bytes(const std::string& path, const std::function<void(std::string_view)>& take);

}  // namespace migrate::files
