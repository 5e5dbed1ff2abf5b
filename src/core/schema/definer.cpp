#include "definer.h"

#include "core/schema/schema.h"
#include "token_cursor.h"

namespace migrate::core::schema {

// CREATE [OR REPLACE] [ALGORITHM = …] DEFINER = user[@host] …
Defined without_definer(std::string_view text, const LexRules& rules) {
  Defined result{.text = std::string(text)};
  TokenCursor cursor(text, rules);
  // Behind SQL SECURITY the word means something else.
  while (!cursor.at_end() && !cursor.at("DEFINER") && !cursor.at("SQL") && !cursor.at_mark('('))
    cursor.advance();
  const std::size_t begin = cursor.begin();
  if (!cursor.take("DEFINER") || !cursor.take_mark('=')) return result;
  result.definer = quoted_name(cursor.take_text());
  if (cursor.take_mark('@')) result.definer += "@" + quoted_name(cursor.take_text());
  result.text.erase(begin, cursor.begin() - begin);
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
