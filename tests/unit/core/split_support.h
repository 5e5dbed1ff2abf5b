#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/splitter.h"

namespace migrate::core::testing {

struct SplitPiece {
  Piece::Kind kind = Piece::Kind::filler;
  std::string text;
  Position position;
  Effect effect = Effect::data;
  Bracket bracket = Bracket::none;
  Travel travel = Travel::together;

  friend bool operator==(const SplitPiece&, const SplitPiece&) = default;
};

struct SplitOutcome {
  std::vector<SplitPiece> pieces;
  bool failed = false;
  SplitError error;

  std::vector<std::string> statements() const;
  std::string joined() const;
};

/// `chunk` gives the size of the next chunk, at least 1.
template <typename Chunk>
SplitOutcome split_in_chunks(std::string_view text, const SplitterOptions& options, Chunk chunk) {
  Splitter splitter(options);
  SplitOutcome outcome;
  for (;;) {
    SplitResult result = splitter.next();
    if (std::holds_alternative<NeedInput>(result)) {
      if (text.empty()) {
        splitter.finish();
      } else {
        const std::string bytes(text.substr(0, chunk()));  // elsewhere, so that a kept view shows
        text.remove_prefix(bytes.size());
        splitter.feed(bytes);
      }
    } else if (const auto* const piece = std::get_if<Piece>(&result)) {
      outcome.pieces.push_back({piece->kind, std::string(piece->text), piece->position,
                                piece->effect, piece->bracket, piece->travel});
    } else {
      if (const auto* const error = std::get_if<SplitError>(&result)) {
        outcome.failed = true;
        outcome.error = *error;
      }
      return outcome;
    }
  }
}

/// Splits the text at once, byte by byte and in chunks of random sizes, and checks that all agree,
/// that the pieces joined are the text, and that a statement's position is where its text is.
SplitOutcome split(std::string_view text, const SplitterOptions& options = {});

/// The statements of text that can be split.
std::vector<std::string> statements(std::string_view text, const SplitterOptions& options = {});

/// The statement that the text is.
SplitPiece only_statement(std::string_view text, const SplitterOptions& options = {});

}  // namespace migrate::core::testing
