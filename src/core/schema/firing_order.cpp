#include "firing_order.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "longest_run.h"

namespace migrate::core::schema {
namespace {

using Group = std::tuple<std::string, std::string, std::string>;

Group group_of(const Trigger& trigger) {
  return {trigger.table, trigger.timing, trigger.event};
}

/// A trigger that is expected.
struct Place {
  const Trigger* trigger = nullptr;
  const Trigger* there = nullptr;  ///< as it is in the same group; null: it is not
};

class Firing {
 public:
  Firing(std::vector<Difference> differences, const std::vector<Trigger>& expected,
         const std::vector<Trigger>& found)
      : differences_(std::move(differences)) {
    for (const Trigger& trigger : expected) {
      const auto there = std::ranges::find(found, trigger.name, &Trigger::name);
      const bool same = there != found.end() && group_of(*there) == group_of(trigger);
      groups_[group_of(trigger)].push_back({&trigger, same ? &*there : nullptr});
    }
  }

  std::vector<Difference> differences() {
    for (auto& [key, group] : groups_) {
      const bool known =
          std::ranges::all_of(group, [](const Place& place) { return place.trigger->order != 0; });
      std::ranges::stable_sort(group, {},
                               [known](const Place& place) { return order_of(place, known); });
      if (known) find_misplaced(group);
      place(group);
    }
    // What is not expected.
    std::ranges::move(differences_, std::back_inserter(placed_));
    return std::move(placed_);
  }

 private:
  /// Where nothing is known of it: where it is, or behind the others.
  static std::uint64_t order_of(const Place& place, bool known) {
    if (known) return place.trigger->order;
    return place.there != nullptr ? place.there->order : std::numeric_limits<std::uint64_t>::max();
  }

  std::vector<Difference>::iterator difference_of(const Place& place) {
    return std::ranges::find(differences_, place.trigger->name,
                             [](const Difference& one) { return one.object.name; });
  }

  void find_misplaced(const std::vector<Place>& group) {
    std::vector<std::size_t> common;
    std::vector<std::size_t> orders;
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (group[i].there == nullptr) continue;
      if (group[i].there->order == 0) return;
      common.push_back(i);
      orders.push_back(group[i].there->order);
    }
    const std::vector<bool> stays = in_longest_run(orders);
    for (std::size_t i = 0; i < common.size(); ++i) {
      if (stays[i]) continue;
      const std::size_t at = common[i];
      say_misplaced(group[at], at == 0 ? "first" : "behind " + group[at - 1].trigger->name);
    }
  }

  void say_misplaced(const Place& place, const std::string& where) {
    auto difference = difference_of(place);
    if (difference == differences_.end()) {
      const Trigger& trigger = *place.trigger;
      differences_.push_back(
          {.object = {.kind = ObjectKind::trigger, .name = trigger.name},
           .repairs = {{Repair::Phase::drop_programs, "DROP TRIGGER " + quoted_name(trigger.name)},
                       {Repair::Phase::create_triggers, trigger.definition, trigger.creation}}});
      difference = differences_.end() - 1;
    }
    difference->words.push_back("fires at another place, expected " + where);
  }

  void place(const std::vector<Place>& group) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      const auto difference = difference_of(group[i]);
      if (difference == differences_.end()) continue;
      if (const Trigger* const next = stays_behind(group, i)) {
        const std::string words = i == 0 ? "PRECEDES " + quoted_name(next->name)
                                         : "FOLLOWS " + quoted_name(group[i - 1].trigger->name);
        difference->repairs.back().sql = with_words(*group[i].trigger, words);
      }
      placed_.push_back(std::move(*difference));
      differences_.erase(difference);
    }
  }

  /// The first one further back that is not made again.
  const Trigger* stays_behind(const std::vector<Place>& group, std::size_t at) {
    for (++at; at < group.size(); ++at) {
      if (difference_of(group[at]) == differences_.end()) return group[at].trigger;
    }
    return nullptr;
  }

  static std::string with_words(const Trigger& trigger, const std::string& words) {
    const std::size_t front = trigger.definition.size() - trigger.body.size();
    return fmt::format("{}{} {}", trigger.definition.substr(0, front), words, trigger.body);
  }

  std::vector<Difference> differences_;
  std::map<Group, std::vector<Place>> groups_;
  std::vector<Difference> placed_;
};

}  // namespace

std::vector<Difference> with_firing_order(std::vector<Difference> differences,
                                          const std::vector<Trigger>& expected,
                                          const std::vector<Trigger>& found) {
  return Firing(std::move(differences), expected, found).differences();
}

}  // namespace migrate::core::schema
