#include "core/touched_objects.h"

#include "ascii.h"
#include "core/schema_change.h"

namespace migrate::core {
namespace {

bool calls_procedure(std::string_view statement) {
  constexpr std::string_view word = "CALL";
  return statement.size() > word.size() && equals_keyword(statement.substr(0, word.size()), word) &&
         !is_word_byte(statement[word.size()]);
}

}  // namespace

void TouchedObjects::add(Effect effect, std::string_view text) {
  if (effect == Effect::data && calls_procedure(text)) others = true;
  if (effect != Effect::schema) return;
  const SchemaChange change = schema_change(text);
  if (change.reaches_further || change.objects.empty()) others = true;
  for (const auto& [object, what] : change.objects) {
    changed.insert(object);
    if (what != Change::created || change.lenient) relied_on.insert(object);
    if (what == Change::created) created.insert(object);
  }
}

void TouchedObjects::add(const TouchedObjects& more) {
  changed.insert(more.changed.begin(), more.changed.end());
  relied_on.insert(more.relied_on.begin(), more.relied_on.end());
  created.insert(more.created.begin(), more.created.end());
  others = others || more.others;
}

}  // namespace migrate::core
