#include "core/text_difference.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

TEST(TextDifference, OfEqualTextsIsEmpty) {
  EXPECT_EQ(text_difference("", ""), "");
  EXPECT_EQ(text_difference("a\nb\n", "a\nb\n"), "");
}

TEST(TextDifference, ShowsOnlyTheLinesThatDiffer) {
  EXPECT_EQ(text_difference("a\nb\nc", "a\nB\nc"), "- b\n+ B\n");
}

TEST(TextDifference, ShowsWhatOneTextHasMore) {
  EXPECT_EQ(text_difference("a\nc\n", "a\nb\nc\nd\n"), "+ b\n+ d\n");
  EXPECT_EQ(text_difference("a\nb\nc\nd\n", "b\nd"), "- a\n- c\n");
  EXPECT_EQ(text_difference("", "a\n"), "+ a\n");
  EXPECT_EQ(text_difference("a", ""), "- a\n");
}

TEST(TextDifference, KeepsWhatIsCommonInOrder) {
  EXPECT_EQ(text_difference("x\nb\na\n", "b\na\nx\n"), "- x\n+ x\n");
}

TEST(TextDifference, EmptyLinesAreLines) {
  EXPECT_EQ(text_difference("a\n\nb\n", "a\nb\n"), "- \n");
}

}  // namespace
}  // namespace migrate::core
