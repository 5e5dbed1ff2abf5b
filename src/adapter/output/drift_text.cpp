#include "drift_text.h"

#include <fmt/format.h>

#include "paint.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {
namespace {

using Kind = core::schema::Difference::Kind;

Tone tone(Kind kind) {
  return kind == Kind::unexpected ? Tone::waiting : Tone::bad;
}

std::string object_text(const core::schema::Difference& difference, const std::string& seen,
                        Colour colour) {
  std::string out = fmt::format(
      "{} {}", paint(one_line(core::schema::words_for(difference.object)), Tone::strong, colour),
      paint(spoken(difference.kind), tone(difference.kind), colour));
  if (!seen.empty()) out += paint(fmt::format(" since {}", one_line(seen)), Tone::faint, colour);
  out += '\n';
  for (const std::string& words : difference.words) {
    for (const std::string& line : safe_lines(words)) out += "  " + line + '\n';
  }
  return out;
}

std::string hidden_text(const core::schema::Drift& drift) {
  std::string objects;
  for (const std::string& object : drift.hidden)
    objects += (objects.empty() ? "" : ", ") + one_line(object);
  if (objects.empty()) return {};
  return fmt::format("not compared, since the account may not see them: {}\n", objects);
}

}  // namespace

std::string drift_text(const core::schema::Drift& drift, const Style& style,
                       const std::string& program) {
  const std::string against = one_line(drift.against);
  const std::string hidden = hidden_text(drift);
  if (drift.differences.empty()) {
    if (style.verbosity == Verbosity::quiet) return {};
    return hidden + fmt::format("{}{} as in {}\n", paint("✓ ", Tone::good, style.colour),
                                counted(drift.objects, "object"), against);
  }
  std::string out = hidden;
  for (std::size_t i = 0; i < drift.differences.size(); ++i) {
    out +=
        object_text(drift.differences[i], i < drift.seen.size() ? drift.seen[i] : "", style.colour);
  }
  out += fmt::format("\n{}{} not as in {}\n", paint("✗ drift: ", Tone::bad, style.colour),
                     counted(drift.differences.size(), "object"), against);
  if (style.verbosity == Verbosity::quiet) return out;
  out += "\nThis would bring the schema back; nothing of it was run:\n\n";
  for (const std::string& line : safe_lines(core::schema::repair_text(drift.differences)))
    out += line.empty() ? "\n" : "  " + line + '\n';
  if (!drift.seen.empty()) {
    out += fmt::format("\n{}\n    {}\n", "Or, if it is to stay as it is:",
                       paint(program + " drift --accept REASON", Tone::strong, style.colour));
  }
  return out;
}

}  // namespace migrate::output
