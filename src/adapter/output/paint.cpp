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

std::string paint(std::string_view text, Tone tone, Colour colour) {
  std::string out(text);
  if (colour == Colour::off || tone == Tone::plain || out.empty()) return out;
  return "\033[" + std::string(rendition(tone)) + "m" + out + "\033[0m";
}

}  // namespace migrate::output
