#include "verdict.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace migrate::core {
namespace {

/// An object before the statement and now; empty text: there is none.
struct Sighting {
  ObjectBefore object;
  std::string now;

  bool existed() const { return !object.fingerprint.empty(); }
  bool exists() const { return !now.empty(); }
  bool same() const { return now == object.fingerprint; }
};

std::optional<std::string> fingerprint_of(const ObjectName& object,
                                          const std::vector<ObjectNow>& now) {
  const auto found =
      std::ranges::find_if(now, [&](const ObjectNow& one) { return one.object == object; });
  return found == now.end() ? std::nullopt : found->fingerprint;
}

Verdict of_created(const Sighting& seen, bool lenient) {
  if (!seen.existed()) return seen.exists() ? Verdict::changed : Verdict::unchanged;
  if (seen.same()) return lenient ? Verdict::silent : Verdict::unchanged;
  if (!lenient) return Verdict::foreign;
  // OR REPLACE of a table drops the old one first, and on MariaDB the server may die between the
  // two (https://mariadb.com/kb/en/atomic-ddl/).
  return seen.exists() ? Verdict::changed : Verdict::in_part;
}

// It may have made the object what it was already.
Verdict of_altered(const Sighting& seen) {
  if (seen.same()) return Verdict::silent;
  return seen.existed() && seen.exists() ? Verdict::changed : Verdict::foreign;
}

Verdict of_dropped(const Sighting& seen, bool lenient) {
  if (seen.same()) return lenient && !seen.existed() ? Verdict::silent : Verdict::unchanged;
  return seen.exists() ? Verdict::foreign : Verdict::changed;
}

Verdict of_object(const Sighting& seen, bool lenient) {
  switch (seen.object.changed.change) {
    case Change::created:
      return of_created(seen, lenient);
    case Change::dropped:
      return of_dropped(seen, lenient);
    default:
      return of_altered(seen);
  }
}

struct Counts {
  std::size_t changed = 0;
  std::size_t in_part = 0;
  std::size_t unchanged = 0;
  std::size_t foreign = 0;

  void add(Verdict verdict) {
    if (verdict == Verdict::changed) ++changed;
    if (verdict == Verdict::in_part) ++in_part;
    if (verdict == Verdict::unchanged) ++unchanged;
    if (verdict == Verdict::foreign) ++foreign;
  }
};

Verdict of_objects(const std::vector<Sighting>& sightings, bool lenient) {
  Counts counts;
  for (const Sighting& seen : sightings) counts.add(of_object(seen, lenient));
  if (counts.foreign > 0) return Verdict::foreign;
  if (counts.in_part > 0) return Verdict::in_part;
  if (counts.changed > 0 && counts.unchanged > 0) {
    const bool drops = std::ranges::all_of(sightings, [](const Sighting& seen) {
      return seen.object.changed.change == Change::dropped;
    });
    return drops || lenient ? Verdict::in_part : Verdict::foreign;
  }
  if (counts.changed > 0) return Verdict::changed;
  return counts.unchanged > 0 ? Verdict::unchanged : Verdict::silent;
}

/// A name that renames use.
struct Place {
  Sighting seen;
  bool taken = false;  ///< behind the renames there is an object of this name
  bool moved = false;  ///< something came or went

  bool shows_by_existence() const { return seen.existed() != taken; }
};

/// The places behind the pairs, in their order; nothing where the server would refuse them.
std::optional<std::vector<Place>> renamed(const std::vector<Sighting>& sightings, bool lenient) {
  std::vector<Place> places;
  const auto place_of = [&places](const Sighting& seen) {
    const auto found = std::ranges::find_if(places, [&](const Place& place) {
      return place.seen.object.changed.object == seen.object.changed.object;
    });
    const auto index = static_cast<std::size_t>(found - places.begin());
    if (found == places.end()) places.push_back({.seen = seen, .taken = seen.existed()});
    return index;
  };
  if (sightings.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < sightings.size(); i += 2) {
    if (sightings[i].object.changed.change != Change::renamed_away ||
        sightings[i + 1].object.changed.change != Change::renamed_here) {
      return std::nullopt;
    }
    const std::size_t from = place_of(sightings[i]);
    const std::size_t to = place_of(sightings[i + 1]);
    if (!places[from].taken && lenient) continue;
    if (!places[from].taken || places[to].taken) return std::nullopt;
    places[from].taken = false;
    places[to].taken = true;
    places[from].moved = places[to].moved = true;
  }
  return places;
}

// A renamed object need not look as it did under its old name: its constraints may be named anew.
Verdict of_place(const Place& place) {
  const Sighting& seen = place.seen;
  if (place.shows_by_existence()) {
    if (seen.exists() == place.taken) return Verdict::changed;
    return seen.same() ? Verdict::unchanged : Verdict::foreign;
  }
  if (seen.exists() != seen.existed()) return Verdict::foreign;
  if (!place.taken) return Verdict::silent;
  if (!place.moved) return seen.same() ? Verdict::silent : Verdict::foreign;
  return seen.same() ? Verdict::unchanged : Verdict::changed;
}

Verdict of_renames(const std::vector<Sighting>& sightings, bool lenient) {
  const auto places = renamed(sightings, lenient);
  if (!places) {
    const bool same =
        std::ranges::all_of(sightings, [](const Sighting& seen) { return seen.same(); });
    return same ? Verdict::unchanged : Verdict::foreign;
  }
  Counts by_existence;
  Counts by_definition;
  for (const Place& place : *places) {
    (place.shows_by_existence() ? by_existence : by_definition).add(of_place(place));
  }
  if (by_existence.foreign + by_definition.foreign > 0) return Verdict::foreign;
  if (by_existence.changed + by_existence.unchanged == 0) {
    // A circle. What came may look like what went, so that nothing changed says nothing.
    if (by_definition.changed > 0)
      return by_definition.unchanged == 0 ? Verdict::changed : Verdict::foreign;
    return by_definition.unchanged > 0 ? Verdict::unknown : Verdict::silent;
  }
  if (by_existence.unchanged == 0) return Verdict::changed;
  return by_existence.changed + by_definition.changed == 0 ? Verdict::unchanged : Verdict::foreign;
}

/// By which tables are behind the names: renames move them, anything else that is asked about this
/// way exchanges them.
Verdict of_identities(const std::vector<Sighting>& sightings) {
  std::map<std::string, std::string> behind;
  const auto name_of = [](const Sighting& seen) {
    const ObjectName& object = seen.object.changed.object;
    return object.schema + '\0' + object.name;
  };
  for (const Sighting& seen : sightings) behind.emplace(name_of(seen), seen.object.fingerprint);
  bool moved = false;
  for (std::size_t i = 0; i + 1 < sightings.size(); ++i) {
    if (sightings[i].object.changed.change != Change::renamed_away) continue;
    behind[name_of(sightings[i + 1])] = std::exchange(behind[name_of(sightings[i])], {});
    moved = true;
  }
  const bool same =
      std::ranges::all_of(sightings, [](const Sighting& seen) { return seen.same(); });
  if (same) return Verdict::unchanged;
  const bool as_moved = std::ranges::all_of(
      sightings, [&](const Sighting& seen) { return behind[name_of(seen)] == seen.now; });
  return !moved || as_moved ? Verdict::changed : Verdict::foreign;
}

/// It holds no rows, so that it can be made anew.
bool is_created_program(const Sighting& seen) {
  const ChangedObject& changed = seen.object.changed;
  switch (changed.object.kind) {
    case ObjectKind::view:
    case ObjectKind::procedure:
    case ObjectKind::function:
    case ObjectKind::package:
    case ObjectKind::trigger:
    case ObjectKind::event:
      return changed.change == Change::created;
    default:
      return false;
  }
}

bool is_rename(const Sighting& seen) {
  const Change change = seen.object.changed.change;
  return change == Change::renamed_away || change == Change::renamed_here;
}

std::string_view became(const std::string& before, const std::optional<std::string>& now) {
  if (!now) return "cannot be read";
  if (before.empty()) return now->empty() ? "is not there" : "is there now";
  if (now->empty()) return "is gone";
  return *now == before ? "has not changed" : "has changed";
}

}  // namespace

Verdict verdict(const Witness& witness, const std::vector<ObjectNow>& now) {
  if (witness.evidence == Evidence::repeatable) return Verdict::silent;
  if (witness.evidence == Evidence::binary_log || witness.objects.empty()) return Verdict::unknown;
  std::vector<Sighting> sightings;
  for (const ObjectBefore& object : witness.objects) {
    auto fingerprint = fingerprint_of(object.changed.object, now);
    if (!fingerprint) return Verdict::unknown;
    sightings.push_back({object, std::move(*fingerprint)});
  }
  if (witness.evidence == Evidence::identities) return of_identities(sightings);
  const bool renames = std::ranges::any_of(sightings, is_rename);
  const Verdict found =
      renames ? of_renames(sightings, witness.lenient) : of_objects(sightings, witness.lenient);
  // Whoever made it what it is: done again it is what the statement says.
  if (found == Verdict::changed && witness.lenient &&
      std::ranges::all_of(sightings, is_created_program)) {
    return Verdict::in_part;
  }
  // It may have run and found nothing to do, as DROP TABLE IF EXISTS does with a view.
  return found == Verdict::unchanged && witness.lenient ? Verdict::silent : found;
}

std::string seen(const Witness& witness, const std::vector<ObjectNow>& now) {
  const bool looked_at =
      witness.evidence == Evidence::objects || witness.evidence == Evidence::identities;
  if (!looked_at || witness.objects.empty()) return "nothing that shows whether it ran";
  std::vector<std::string> sentences;
  for (const ObjectBefore& before : witness.objects) {
    const ObjectName& object = before.changed.object;
    std::string sentence =
        fmt::format("{} {}`{}` {}", word_of(object.kind),
                    object.schema.empty() ? "" : fmt::format("`{}`.", object.schema), object.name,
                    became(before.fingerprint, fingerprint_of(object, now)));
    if (std::ranges::find(sentences, sentence) == sentences.end())
      sentences.push_back(std::move(sentence));
  }
  return fmt::format("{}", fmt::join(sentences, "; "));
}

}  // namespace migrate::core
