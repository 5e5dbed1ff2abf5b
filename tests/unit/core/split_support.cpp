#include "split_support.h"

#include <random>

#include <gtest/gtest.h>

namespace migrate::core::testing {
namespace {

void expect_same(const SplitOutcome& expected, const SplitOutcome& actual, const char* feeding) {
  SCOPED_TRACE(feeding);
  EXPECT_EQ(expected.statements(), actual.statements());
  EXPECT_TRUE(expected.pieces == actual.pieces);
  EXPECT_EQ(expected.failed, actual.failed);
  EXPECT_EQ(expected.error.position, actual.error.position);
  EXPECT_EQ(expected.error.message, actual.error.message);
}

Position position_of(std::string_view text, std::size_t offset) {
  Position position;
  for (; position.offset < offset; ++position.offset) {
    const char c = text[position.offset];
    const bool crlf =
        c == '\r' && position.offset + 1 < text.size() && text[position.offset + 1] == '\n';
    if (c == '\n' || (c == '\r' && !crlf)) {
      ++position.line;
      position.column = 1;
    } else {
      ++position.column;
    }
  }
  return position;
}

}  // namespace

std::vector<std::string> SplitOutcome::statements() const {
  std::vector<std::string> result;
  for (const SplitPiece& piece : pieces) {
    if (piece.kind == Piece::Kind::statement) result.push_back(piece.text);
  }
  return result;
}

std::string SplitOutcome::joined() const {
  std::string result;
  for (const SplitPiece& piece : pieces) result += piece.text;
  return result;
}

SplitOutcome split(std::string_view text, const SplitterOptions& options) {
  const SplitOutcome at_once =
      split_in_chunks(text, options, [&] { return std::string_view::npos; });
  expect_same(at_once, split_in_chunks(text, options, [] { return 1; }), "byte by byte");
  std::mt19937 random(42);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same chunks every time
  for (const std::size_t longest : {3U, 7U, 30U}) {
    std::uniform_int_distribution<std::size_t> size(1, longest);
    expect_same(at_once, split_in_chunks(text, options, [&] { return size(random); }),
                "random chunks");
  }
  if (at_once.failed) {
    EXPECT_EQ(at_once.joined(), text.substr(0, at_once.joined().size()));
    EXPECT_EQ(at_once.error.position, position_of(text, at_once.error.position.offset));
  } else {
    EXPECT_EQ(at_once.joined(), text);
  }
  std::size_t offset = 0;
  for (const SplitPiece& piece : at_once.pieces) {
    EXPECT_FALSE(piece.text.empty());
    if (piece.kind == Piece::Kind::statement) {
      EXPECT_EQ(piece.position, position_of(text, offset));
    }
    offset += piece.text.size();
  }
  return at_once;
}

std::vector<std::string> statements(std::string_view text, const SplitterOptions& options) {
  const SplitOutcome outcome = split(text, options);
  EXPECT_FALSE(outcome.failed) << outcome.error.message << " at line "
                               << outcome.error.position.line;
  return outcome.statements();
}

SplitPiece only_statement(std::string_view text, const SplitterOptions& options) {
  const SplitOutcome outcome = split(text, options);
  EXPECT_FALSE(outcome.failed) << outcome.error.message;
  SplitPiece found;
  int count = 0;
  for (const SplitPiece& piece : outcome.pieces) {
    if (piece.kind != Piece::Kind::statement) continue;
    found = piece;
    ++count;
  }
  EXPECT_EQ(count, 1) << text;
  return found;
}

}  // namespace migrate::core::testing
