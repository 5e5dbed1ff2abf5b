#pragma once

#include <string_view>

namespace migrate::core {

/// How the bytes of a multi-byte character look to the lexer. Only the character sets whose second
/// byte may be an ASCII byte that means something in SQL (a backslash, a backtick) matter; all the
/// others are `plain`.
enum class ClientCharset { plain, gbk, sjis, big5 };

/// By the server's name of a character set, in any case: gbk and gb18030, sjis and cp932, big5.
ClientCharset client_charset_named(std::string_view name);

bool is_lead_byte(ClientCharset charset, char byte);

/// Whether `byte` behind a lead byte makes one character with it.
bool is_trail_byte(ClientCharset charset, char byte);

}  // namespace migrate::core
