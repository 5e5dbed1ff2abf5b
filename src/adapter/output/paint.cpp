#include "paint.h"

namespace migrate::output {

namespace {

/// Select Graphic Rendition parameters (ECMA-48, 8.3.117).
std::string_view rendition(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::good:
      return "32";
    case Tone::waiting:
      return "33";
    case Tone::bad:
      return "1;31";
    case Tone::faint:
      return "2";
    case Tone::strong:
      return "1";
  }
  return "";
}

}  // namespace

void append_painted(std::string& out, std::string_view text, Tone tone, Colour colour) {
  const bool bare = colour == Colour::off || tone == Tone::plain || text.empty();
  if (!bare) out.append("\033[").append(rendition(tone)).append("m");
  out += text;
  if (!bare) out += "\033[0m";
}

std::string paint(std::string_view text, Tone tone, Colour colour) {
  std::string out;
  append_painted(out, text, tone, colour);
  return out;
}

}  // namespace migrate::output
