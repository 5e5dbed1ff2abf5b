#include "secrets.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace migrate::output {

namespace {

struct Literal {
  std::size_t first = 0;  ///< of the opening quote
  std::size_t size = 0;   ///< with both quotes; to the end of the text when it was cut
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

std::size_t literal_end(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2U : 1U;
  return std::min(at + 1, text.size());
}

bool announces_password(std::string_view word) {
  std::string upper(word);
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  constexpr std::string_view password = "PASSWORD";
  const bool ends_so = upper.size() >= password.size() && upper.ends_with(password);
  return upper == "IDENTIFIED" || ends_so;
}

std::vector<Literal> passwords(std::string_view text) {
  std::vector<Literal> found;
  bool announced = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t end = at + 1;
    if (is_word(c)) {
      end = word_end(text, at);
      announced = announced || announces_password(text.substr(at, end - at));
    } else if (c == '\'' || c == '"') {
      end = literal_end(text, at);
      if (announced) found.push_back({at, end - at});
    }
    at = end;
  }
  return found;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

std::string without_passwords(std::string_view statement) {
  std::string out(statement);
  const std::vector<Literal> found = passwords(statement);
  for (auto literal = found.rbegin(); literal != found.rend(); ++literal) {
    out.replace(literal->first, literal->size, "'***'");
  }
  return out;
}

std::string without_passwords(const core::ServerError& error, std::string_view statement) {
  std::string message = error.message;
  const std::vector<Literal> found = passwords(statement);
  if (found.empty()) return message;
  // The server quotes at most 80 characters, so it may show half a password.
  if (const std::size_t near = message.find(" near '"); near != std::string::npos) {
    message.replace(near, std::string::npos, " near '***'");
  }
  for (const Literal& literal : found) {
    if (literal.size > 2) {
      replace_all(message, statement.substr(literal.first + 1, literal.size - 2), "***");
    }
  }
  return message;
}

}  // namespace migrate::output
