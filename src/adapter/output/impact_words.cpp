#include "impact_words.h"

#include <fmt/format.h>

#include "core/backup/manifest.h"
#include "units.h"

namespace migrate::output {

using core::impact::Handling;
using core::impact::Way;
using core::impact::Weight;

std::string handling_text(const Handling& handling) {
  switch (handling.kind) {
    case Handling::Kind::asked:
      return fmt::format("{}: {}{}", core::impact::algorithm_words(handling.way),
                         core::impact::locking_words(handling.way),
                         handling.way.why.empty() ? "" : fmt::format(" ({})", handling.way.why));
    case Handling::Kind::not_asked:
      return "how the server runs it: not asked";
    case Handling::Kind::new_table:
      return "a new table: nothing is in it yet";
    case Handling::Kind::fails:
      return "the server refuses it: " + handling.words;
    case Handling::Kind::unknown:
      return "how the server runs it: unknown, " + handling.words;
    case Handling::Kind::definition:
    case Handling::Kind::rows:
    case Handling::Kind::session:
      break;
  }
  return {};
}

std::string size_text(const core::impact::TouchedTable& table) {
  if (table.is_new) return "new";
  std::string text;
  if (table.rows) text = fmt::format("about {}", counted(*table.rows, "row"));
  if (table.bytes) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", core::backup::size_text(*table.bytes));
  }
  return text;
}

std::string time_text(const core::estimate::Estimate& expected) {
  if (!expected.time) return "unknown";
  const bool long_enough = *expected.time >= std::chrono::seconds(1);
  return (long_enough ? "about " : "") + core::estimate::time_text(*expected.time);
}

std::string time_text(const core::impact::ExpectedTime& expected) {
  std::string text = time_text(core::estimate::Estimate{.time = expected.known});
  if (expected.unknown > 0) {
    text +=
        fmt::format(", and {} of which nobody can tell", counted(expected.unknown, "statement"));
  }
  return text;
}

std::string holder_text(const core::Blocker& blocker) {
  std::string text =
      fmt::format("connection {}, {}@{}, for {}: holds {}", blocker.connection_id, blocker.user,
                  blocker.host, human_duration(blocker.age_s * 1'000'000), core::held_by(blocker));
  if (!blocker.tables.empty()) text += fmt::format(" on {}", blocker.tables);
  if (!blocker.statement.empty()) text += fmt::format("; last statement: {}", blocker.statement);
  return text;
}

std::string place_text(const core::impact::Impact& impact, const core::impact::Risk& risk) {
  if (!risk.place) return {};
  const std::string& path = impact.steps.at(risk.place->step).path;
  if (risk.place->statement == 0) return path;
  return fmt::format("{}, statement {}", path, risk.place->statement);
}

std::string_view word(Weight weight) {
  switch (weight) {
    case Weight::high:
      return "high";
    case Weight::medium:
      return "medium";
    case Weight::low:
      break;
  }
  return "low";
}

std::string_view word(Handling::Kind kind) {
  switch (kind) {
    case Handling::Kind::asked:
      return "asked";
    case Handling::Kind::not_asked:
      return "not_asked";
    case Handling::Kind::new_table:
      return "new_table";
    case Handling::Kind::definition:
      return "definition";
    case Handling::Kind::rows:
      return "rows";
    case Handling::Kind::session:
      return "session";
    case Handling::Kind::fails:
      return "fails";
    case Handling::Kind::unknown:
      break;
  }
  return "unknown";
}

std::string_view word(Way::Rebuild rebuild) {
  switch (rebuild) {
    case Way::Rebuild::no:
      return "no";
    case Way::Rebuild::yes:
      return "yes";
    case Way::Rebuild::unknown:
      break;
  }
  return "unknown";
}

}  // namespace migrate::output
