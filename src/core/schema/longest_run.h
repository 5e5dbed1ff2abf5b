#pragma once

#include <cstddef>
#include <vector>

namespace migrate::core::schema {

/// Which of these places can stay so that as few as possible are moved: the longest run of them
/// that is in ascending order.
std::vector<bool> in_longest_run(const std::vector<std::size_t>& places);

}  // namespace migrate::core::schema
