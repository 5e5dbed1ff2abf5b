#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace migrate::config {

/// Looks up an environment variable; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view)>;

/// The environment of this process. As safe as getenv(3): not while another thread changes it.
Environment process_environment();

}  // namespace migrate::config
