#include "client_command.h"

#include <array>

#include "keyword_set.h"

namespace migrate::core {
namespace {

constexpr KeywordSet commands(std::array<std::string_view, 24>{"CHARSET",
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
                                                               "WARNINGS"});

}  // namespace

bool is_client_command(std::string_view word) {
  return commands.contains(word);
}

}  // namespace migrate::core
