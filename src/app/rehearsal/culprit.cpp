#include "culprit.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/event.h"
#include "core/schema_change.h"
#include "core/temporary_table.h"
#include "suspects.h"

namespace migrate::app {
namespace {

using core::rehearsal::Place;

/// Names in the words of a difference; words that any ALTER may have are left out.
std::set<std::string> telling_words(const std::vector<core::schema::Difference>& differences) {
  static constexpr std::array<std::string_view, 12> any{
      "index", "column", "default", "table",          "key", "primary", "foreign",
      "is",    "not",    "null",    "auto_increment", "on"};
  std::set<std::string> words;
  for (const core::schema::Difference& difference : differences) {
    for (const std::string& line : difference.words) {
      std::string word;
      for (const char c : line + ' ') {
        const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (part) {
          word += c;
          continue;
        }
        if (!word.empty() && std::ranges::find(any, word) == any.end()) words.insert(word);
        word.clear();
      }
    }
  }
  return words;
}

bool same_object(const core::ObjectName& differs, const core::ChangedObject& changed) {
  // The schema itself is named by nobody: ALTER DATABASE without a name.
  if (differs.kind == core::ObjectKind::schema)
    return changed.object.kind == core::ObjectKind::schema;
  return differs.name == changed.object.name;
}

/// The best of a file's statements by points; of equals the first.
class Search {
 public:
  void consider(const core::ScriptFile& file, const core::NumberedStatement& statement,
                unsigned points) {
    if (points <= points_) return;
    points_ = points;
    place_ = place_of(file, statement);
  }
  std::optional<Place> take() { return std::move(place_); }

 private:
  unsigned points_ = 0;
  std::optional<Place> place_;
};

}  // namespace

Place place_of(const core::ScriptFile& file, const core::NumberedStatement& statement) {
  return {.path = file.path,
          .position = statement.statement.position,
          .statement = statement.index,
          .text = statement.statement.text.substr(0, core::failed_text_bytes)};
}

std::optional<Place> culprit(const core::ScriptFile& file, port::StepSource& steps,
                             const std::vector<core::schema::Difference>& differences) {
  constexpr unsigned names_it = 100;
  constexpr unsigned mentions_it = 20;
  const std::set<std::string> words = telling_words(differences);
  Search search;
  const auto stream = steps.open(file);
  while (const auto statement = stream->next()) {
    if (statement->statement.effect != core::Effect::schema) continue;
    const std::string& text = statement->statement.text;
    const auto changed = core::schema_change(text).objects;
    unsigned points = 0;
    for (const core::schema::Difference& difference : differences) {
      const bool names = std::ranges::any_of(changed, [&](const core::ChangedObject& object) {
        return same_object(difference.object, object);
      });
      if (names) points += names_it;
      if (!names && core::mentions(text, difference.object.name)) points += mentions_it;
    }
    if (points == 0) continue;
    for (const std::string& word : words) {
      if (core::mentions(text, word)) ++points;
    }
    search.consider(file, *statement, points);
  }
  return search.take();
}

DataCulprit data_culprit(const core::Step& step, port::StepSource& steps,
                         const std::vector<core::rehearsal::RowDifference>& differences) {
  constexpr unsigned writes_it = 10;
  constexpr unsigned is_suspect = 100;
  const std::vector<Suspect> suspects = suspects_of(step, steps);
  Search search;
  const auto stream = steps.open(step.up);
  while (const auto statement = stream->next()) {
    const std::string& text = statement->statement.text;
    unsigned points = 0;
    for (const core::rehearsal::RowDifference& difference : differences) {
      if (!core::mentions(text, difference.table)) continue;
      points += statement->statement.effect == core::Effect::data ? writes_it : 1;
      for (const std::string& column : difference.columns) {
        if (core::mentions(text, column)) ++points;
      }
    }
    const bool suspect = std::ranges::any_of(
        suspects, [&](const Suspect& one) { return one.statement == statement->index; });
    if (suspect) points += is_suspect;
    search.consider(step.up, *statement, points);
  }
  DataCulprit found{.place = search.take(), .causes = {}};
  if (!found.place) return found;
  for (const Suspect& one : suspects) {
    if (one.statement == found.place->statement) found.causes.push_back(one.message);
  }
  return found;
}

}  // namespace migrate::app
