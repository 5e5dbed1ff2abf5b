#include "client_command.h"

#include <algorithm>
#include <array>

#include "ascii.h"

namespace migrate::core {

bool is_client_command(std::string_view word) {
  constexpr std::array<std::string_view, 24> commands{"CHARSET",
                                                      "CLEAR",
                                                      "CONNECT",
                                                      "EDIT",
                                                      "EGO",
                                                      "EXIT",
                                                      "GO",
                                                      "NOPAGER",
                                                      "NOTEE",
                                                      "NOWARNING",
                                                      "PAGER",
                                                      "PRINT",
                                                      "PROMPT",
                                                      "QUERY_ATTRIBUTES",
                                                      "QUIT",
                                                      "REHASH",
                                                      "RESETCONNECTION",
                                                      "SANDBOX",
                                                      "SOURCE",
                                                      "SSL_SESSION_DATA_PRINT",
                                                      "STATUS",
                                                      "SYSTEM",
                                                      "TEE",
                                                      "WARNINGS"};
  return std::any_of(commands.begin(), commands.end(),
                     [word](std::string_view command) { return equals_keyword(word, command); });
}

}  // namespace migrate::core
