#include "core/version.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

Version version(std::string_view digits) {
  return Version::parse(digits).value();
}

TEST(Version, LeadingZerosDoNotCount) {
  EXPECT_EQ(version("0002"), version("2"));
  EXPECT_EQ(version("0002").canonical(), "2");
  EXPECT_EQ(version("0").canonical(), "0");
  EXPECT_EQ(version("000"), version("0"));
  EXPECT_NE(version("20"), version("2"));
}

TEST(Version, IsOrderedAsANumberOfAnyLength) {
  EXPECT_LT(version("9"), version("10"));
  EXPECT_LT(version("0"), version("1"));
  EXPECT_LT(version("20260105090000"), version("20260105090001"));
  EXPECT_LT(version("99999999999999999999"), version("100000000000000000000000000000"));
  EXPECT_GT(version("12"), version("0011"));
}

TEST(Version, OnlyDigitsAreAVersion) {
  for (const char* text : {"", "-1", "+1", "1.2", "v1", "1 ", " 1", "0x1", "1_2"}) {
    EXPECT_FALSE(Version::parse(text)) << text;
  }
}

}  // namespace
}  // namespace migrate::core
