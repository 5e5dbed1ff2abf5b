#include "core/schema/order.h"

#include <algorithm>
#include <map>
#include <string>

namespace migrate::core::schema {
namespace {

/// Visits objects by name, what each needs before it.
template <class Object>
class Ordering {
 public:
  explicit Ordering(const std::vector<Object>& objects) {
    for (const Object& object : objects) open_.emplace(object.name, &object);
  }

  /// Calls `needs` with an object for the names that it needs, then `visit` with it. Depth is
  /// bounded by memory, not by the stack: a chain of foreign keys may be long.
  template <class Needs>
  std::vector<const Object*> order(const Needs& needs) {
    std::vector<const Object*> ordered;
    while (!open_.empty()) {
      std::vector<Visit> path{take(open_.begin(), needs)};
      while (!path.empty()) {
        Visit& top = path.back();
        const auto next =
            top.next == top.needs.size() ? open_.end() : open_.find(top.needs[top.next++]);
        if (next != open_.end()) {
          path.push_back(take(next, needs));
        } else if (top.next == top.needs.size()) {
          ordered.push_back(top.object);
          path.pop_back();
        }
      }
    }
    return ordered;
  }

 private:
  struct Visit {
    const Object* object;
    std::vector<std::string> needs;
    std::size_t next = 0;
  };
  using Open = std::map<std::string, const Object*>;

  template <class Needs>
  Visit take(Open::iterator at, const Needs& needs) {
    const Object* const object = at->second;
    open_.erase(at);
    std::vector<std::string> names = needs(*object);
    std::ranges::sort(names);
    return {object, std::move(names)};
  }

  Open open_;
};

}  // namespace

std::vector<const View*> in_creation_order(const std::vector<View>& views) {
  return Ordering(views).order([](const View& view) { return view.uses; });
}

std::vector<OrderedTable> in_creation_order(const std::vector<Table>& tables) {
  const auto ordered = Ordering(tables).order([](const Table& table) {
    std::vector<std::string> needs;
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.referenced_schema.empty()) needs.push_back(key.referenced_table);
    }
    return needs;
  });
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < ordered.size(); ++i) place.emplace(ordered[i]->name, i);
  std::vector<OrderedTable> result;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    OrderedTable& table = result.emplace_back(OrderedTable{.table = ordered[i]});
    for (const ForeignKey& key : ordered[i]->foreign_keys) {
      const auto other = place.find(key.referenced_table);
      const bool behind = other != place.end() && other->second > i;
      if (key.referenced_schema.empty() && behind) table.later.push_back(&key);
    }
  }
  return result;
}

}  // namespace migrate::core::schema
