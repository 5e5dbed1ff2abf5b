#include "preflight_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "advice.h"
#include "paint.h"
#include "text.h"
#include "units.h"

namespace migrate::output {
namespace {

using core::preflight::Item;
using core::preflight::Outcome;
using core::preflight::Preflight;

constexpr std::size_t behind_sign = 2;
constexpr std::size_t gap = 2;

struct Sign {
  std::string_view text;
  Tone tone;
};

Sign sign_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::clear:
      return {"✓", Tone::good};
    case Outcome::warned:
      return {"!", Tone::waiting};
    case Outcome::refused:
      return {"✗", Tone::bad};
    case Outcome::not_asked:
      break;
  }
  return {"–", Tone::faint};
}

std::string item_text(const Item& item, std::size_t name_width, const Style& style,
                      const std::string& program) {
  const Sign sign = sign_of(item.outcome);
  const std::size_t margin = behind_sign + name_width + gap;
  const std::size_t width = std::max(style.width, margin + gap);
  const std::string saw = wrap(one_line(item.saw), width, margin);
  std::string text = fmt::format(
      "{} {}{}\n", paint(sign.text, sign.tone, style.colour), padded(item.name, name_width + gap),
      item.outcome == Outcome::not_asked ? paint(saw, Tone::faint, style.colour) : saw);
  // A command stands on a line of its own, whole, so that it can be copied.
  if (item.outcome == Outcome::refused && !item.way_out.empty()) {
    const auto [words, command] = advice(item.way_out, program);
    text += fmt::format("{}→ {}{}{}\n", std::string(margin, ' '), words, command.empty() ? "" : " ",
                        command);
  }
  return text;
}

std::string verdict_text(const Preflight& preflight, const Style& style,
                         const std::string& program) {
  const std::size_t refused = preflight.count(Outcome::refused);
  const std::size_t warned = preflight.count(Outcome::warned);
  const std::string read = warned == 0 ? "" : fmt::format("; {} to read", warned);
  if (refused > 0) {
    return fmt::format("{} a run would be refused: {} in the way{}\n",
                       paint("✗", Tone::bad, style.colour), refused, read);
  }
  return fmt::format("{} nothing is in the way of: {} up{}\n", paint("✓", Tone::good, style.colour),
                     program, read);
}

}  // namespace

std::string preflight_text(const Preflight& preflight, const Style& style,
                           const std::string& program) {
  const bool quiet = style.verbosity == Verbosity::quiet;
  std::size_t name_width = 0;
  for (const Item& item : preflight.items)
    name_width = std::max(name_width, display_width(item.name));
  std::string text;
  for (const Item& item : preflight.items) {
    if (!quiet || item.outcome == Outcome::refused)
      text += item_text(item, name_width, style, program);
  }
  if (quiet && text.empty()) return text;
  return text + '\n' + verdict_text(preflight, style, program);
}

}  // namespace migrate::output
