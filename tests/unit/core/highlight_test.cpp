#include "core/highlight.h"

#include <string>

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

/// Each stretch that is not plain, behind a letter for its part.
std::string parts(std::string_view sql) {
  std::string out;
  for (const SqlSpan& span : highlight(sql)) {
    if (span.part == SqlPart::plain) continue;
    out += "?knsdc"[static_cast<int>(span.part)];
    out += "[" + std::string(sql.substr(span.begin, span.end - span.begin)) + "]";
  }
  return out;
}

TEST(Highlight, FindsTheParts) {
  EXPECT_EQ(parts("alter TABLE `t` ADD c VARCHAR(20) DEFAULT 'it''s' -- why"),
            "k[alter]k[TABLE]n[`t`]k[ADD]k[VARCHAR]d[20]k[DEFAULT]s['it''s']c[-- why]");
  EXPECT_EQ(parts("/* a */ SELECT order_id"), "c[/* a */]k[SELECT]");
}

TEST(Highlight, LeavesNothingOut) {
  for (const std::string sql :
       {"", "  a  ", "SELECT 1;\n\nSELECT 'x", "`never ends", "\\x", "a/*"}) {
    std::size_t at = 0;
    for (const SqlSpan& span : highlight(sql)) {
      EXPECT_EQ(span.begin, at) << sql;
      at = span.end;
    }
    EXPECT_EQ(at, sql.size()) << sql;
  }
}

}  // namespace
}  // namespace migrate::core
