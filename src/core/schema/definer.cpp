#include "definer.h"

#include "core/schema/schema.h"
#include "token_cursor.h"

namespace migrate::core::schema {

// CREATE [OR REPLACE] [ALGORITHM = …] DEFINER = user[@host] …
Defined without_definer(std::string_view text, const LexRules& rules) {
  TokenCursor cursor(text, rules);
  while (!cursor.at_end() && !cursor.at("DEFINER") && !cursor.at("AS") && !cursor.at_mark('('))
    cursor.advance();
  if (!cursor.at("DEFINER")) return {std::string(text), {}};
  const std::size_t begin = cursor.begin();
  cursor.advance();
  cursor.take_mark('=');
  Defined result;
  const std::string user = cursor.take_text();
  result.definer = quoted_name(user);
  if (cursor.take_mark('@')) result.definer += "@" + quoted_name(cursor.take_text());
  result.text = std::string(text.substr(0, begin)) + std::string(text.substr(cursor.begin()));
  return result;
}

// https://dev.mysql.com/doc/refman/9.7/en/create-view.html: only ALGORITHM stands in front of it.
std::string with_definer(const std::string& text, const std::string& definer) {
  TokenCursor cursor(text, {});
  cursor.take("CREATE");
  if (cursor.take("OR")) cursor.take("REPLACE");
  if (cursor.take("ALGORITHM")) {
    cursor.take_mark('=');
    cursor.advance();
  }
  const std::size_t at = cursor.begin();
  return text.substr(0, at) + "DEFINER=" + definer + " " + text.substr(at);
}

}  // namespace migrate::core::schema
