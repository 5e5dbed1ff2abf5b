// Text that is longer than what is looked at in one go. The same text fed byte by byte is read byte
// by byte, and split() compares the two, and each position with one that is counted naively.
#include <random>

#include <gtest/gtest.h>

#include "split_support.h"

namespace migrate::core::testing {
namespace {

using Texts = std::vector<std::string>;

// NOLINTBEGIN(cert-msc32-c,cert-msc51-cpp): the same texts every time
std::string random_text(std::mt19937& random, const std::vector<std::string>& parts) {
  std::uniform_int_distribution<std::size_t> part(0, parts.size() - 1);
  std::uniform_int_distribution<std::size_t> plain(0, 40);
  std::string text;
  while (text.size() < 400) {
    text += parts[part(random)];
    text += std::string(plain(random), 'x');
  }
  return text;
}

void expect_read_alike(const std::string& set, const std::vector<std::string>& parts) {
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    const std::string text = set + random_text(random, parts);
    split(text);
    if (::testing::Test::HasFailure()) FAIL() << text;
  }
}
// NOLINTEND(cert-msc32-c,cert-msc51-cpp)

TEST(LongText, IsReadAsByteByByte) {
  const Texts parts{"'",     "'",         "\"",           "`",
                    "\\'",   "\\\\",      "''",           ";",
                    ";\n",   "-- it's\n", "#`\n",         "/* \" */",
                    "- / *", "/*!50000 ", "*/",           "\r\n",
                    "\r",    "\n",        "\xC3\xA9\xFF", "INSERT INTO t VALUES ("};
  expect_read_alike("", parts);
  expect_read_alike("SET sql_mode = 'ANSI_QUOTES';", parts);
  expect_read_alike("SET sql_mode = 'NO_BACKSLASH_ESCAPES';", parts);
  expect_read_alike("SET NAMES gbk;", parts);
}

TEST(LongText, OfProgramsIsReadAsByteByByte) {
  expect_read_alike(
      "", {"CREATE PROCEDURE p() BEGIN ", "END;", "IF a THEN ", "END IF;", "SET b.`end` = ';';",
           "CASE WHEN 1 THEN 2 END", "a . begin", "a.begin", "@end", "; ", "DECLARE ", "LOOP ",
           "END LOOP;", "\n-- END;\n", "DELIMITER $$\n", "$$\n", "\nDELIMITER ;\n"});
}

TEST(LongText, ALineEndMayBeCutInTwo) {
  // The comment is returned in pieces of 64 KiB; the first ends between CR and LF.
  const std::string comment = "/*" + std::string(64 * 1024 - 3, 'x') + "\r\n*/";
  const SplitOutcome outcome = split_in_chunks(comment + "SELECT 1", {}, [] { return 4096; });
  ASSERT_EQ(outcome.pieces.size(), 3U);
  EXPECT_EQ(outcome.pieces[0].text.back(), '\r');
  EXPECT_EQ(outcome.pieces[2].position, (Position{comment.size(), 2, 3}));
}

TEST(LongText, EndsWhereverItsQuoteStands) {
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string plain(length, 'x');
    for (const std::string quote : {"'", "\"", "`"}) {
      const std::string first = "SELECT " + quote + plain + quote + quote + ";" + quote;
      EXPECT_EQ(statements(first + ";" + plain),
                length == 0 ? Texts{first} : (Texts{first, plain}));
    }
  }
}

}  // namespace
}  // namespace migrate::core::testing
