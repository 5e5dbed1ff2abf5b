#include "core/suggestion.h"

#include <array>

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

constexpr std::array<std::string_view, 4> known{"host", "port", "socket", "schema"};

TEST(Nearest, UndoesOneTypingErrorOfEachKind) {
  EXPECT_EQ(nearest("hots", known), "host");
  EXPECT_EQ(nearest("hst", known), "host");
  EXPECT_EQ(nearest("hosts", known), "host");
  EXPECT_EQ(nearest("posrt", known), "port");
  EXPECT_EQ(nearest("Schema", known), "schema");
  EXPECT_EQ(nearest("scehma", known), "schema");
}

TEST(Nearest, AllowsMoreErrorsInLongerWords) {
  EXPECT_EQ(nearest("scheemaa", known), "schema");
  EXPECT_EQ(nearest("pt", known), "");
}

TEST(Nearest, IsEmptyWhenNothingIsNear) {
  EXPECT_EQ(nearest("windows", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest("host", {}), "");
}

TEST(Nearest, PrefersTheFirstOfEquallyNearWords) {
  EXPECT_EQ(nearest("xost", known), "host");
}

}  // namespace
}  // namespace migrate::core
