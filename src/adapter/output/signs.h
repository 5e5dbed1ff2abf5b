#pragma once

#include <chrono>

namespace migrate::output {

/// How long something takes when it is next told of in lines that stay, at `elapsed`: after 3, 10,
/// 30 and 60 s, then a minute later each time.
std::chrono::seconds sign_behind(std::chrono::seconds elapsed);

}  // namespace migrate::output
