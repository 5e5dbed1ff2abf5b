#include "kept_firing.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>

namespace migrate::core::schema {
namespace {

struct Looked {
  Trigger* trigger = nullptr;
  const KeptObject* kept = nullptr;
};

/// Where one that was looked at later stands among those of before: its word about those that were
/// there then is the newest.
void insert(std::vector<Trigger*>& order, const Looked& looked) {
  const std::vector<std::string>& before = *looked.kept->fires_behind;
  const auto last =
      std::ranges::find_if(std::views::reverse(order), [&before](const Trigger* other) {
        return std::ranges::find(before, other->name) != before.end();
      });
  order.insert(last.base(), looked.trigger);
}

}  // namespace

void order_triggers(std::vector<Trigger>& triggers, const std::vector<KeptObject>& kept) {
  std::map<std::string_view, const KeptObject*> by_name;
  for (const KeptObject& object : kept) {
    if (object.kind == KeptKind::trigger) by_name.emplace(object.name, &object);
  }
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::vector<Looked>>
      groups;
  for (Trigger& trigger : triggers) {
    const auto found = by_name.find(trigger.name);
    groups[{trigger.table, trigger.timing, trigger.event}].push_back(
        {&trigger, found == by_name.end() ? nullptr : found->second});
  }
  for (auto& [key, group] : groups) {
    const bool known = std::ranges::all_of(group, [](const Looked& one) {
      return one.kept != nullptr && one.kept->fires_behind.has_value();
    });
    if (!known) continue;
    std::ranges::stable_sort(group, {}, [](const Looked& one) { return one.kept->at; });
    std::vector<Trigger*> order;
    for (const Looked& looked : group) insert(order, looked);
    for (std::size_t i = 0; i < order.size(); ++i) order[i]->order = i + 1;
  }
}

}  // namespace migrate::core::schema
