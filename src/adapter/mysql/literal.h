#pragma once

#include <string>
#include <string_view>

namespace migrate::mysql {

/// A string literal that means the same under every sql_mode and character_set_client that a step
/// may have set: plain quotes around harmless ASCII, an introducer in front of other ASCII, hex
/// digits for everything else. `text` is UTF-8.
std::string literal(std::string_view text);

/// Two digits a byte, in lower case.
std::string hex_digits(std::string_view bytes);

/// A quoted identifier.
std::string identifier(std::string_view name);

}  // namespace migrate::mysql
