#pragma once

#include <string>
#include <string_view>

#include "adapter/output/style.h"

namespace migrate::output {

/// What a text means; how it looks follows from that.
enum class Tone {
  plain,
  good,     ///< done and in order: green
  waiting,  ///< needs somebody soon: yellow
  bad,      ///< needs somebody now: red
  faint,    ///< context
  strong,   ///< what the eye should find first
};

/// The text with its colour, or as it is when colour is off.
std::string paint(std::string_view text, Tone tone, Colour colour);
void append_painted(std::string& out, std::string_view text, Tone tone, Colour colour);

}  // namespace migrate::output
