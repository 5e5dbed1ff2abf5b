#pragma once

#include <string>
#include <string_view>

namespace migrate::mysql {

/// The first 32 hex digits of the SHA-256 of `definition`.
std::string definition_hash(std::string_view definition);

}  // namespace migrate::mysql
