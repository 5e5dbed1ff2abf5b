#include "core/last_changes.h"

#include <algorithm>
#include <set>
#include <string>

#include "ascii.h"

namespace migrate::core {
namespace {

/// A view may be named as a table.
bool is_table(const ObjectName& object) {
  return object.kind == ObjectKind::table || object.kind == ObjectKind::view ||
         object.kind == ObjectKind::sequence;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

LastChanges::LastChanges(const Plan& plan) {
  for (const PlannedStep& planned : plan.steps) {
    if (planned.script.shape.touched.others) return;
  }
  settled_.resize(plan.steps.size());
  // Names without their schema and in lower case: two of them may be one table, or two.
  std::set<std::string> changed_behind;
  for (std::size_t step = plan.steps.size(); step-- > 0;) {
    std::set<std::string> changed;
    for (const ObjectName& object : plan.steps[step].script.shape.touched.changed) {
      if (!is_table(object)) continue;
      std::string name = to_lower(object.name);
      const bool last = is_ascii(name) && !changed_behind.contains(name);
      if (last && object.kind == ObjectKind::table) settled_[step].push_back(object);
      changed.insert(std::move(name));
    }
    changed_behind.merge(changed);
  }
}

std::vector<ObjectName> LastChanges::settled(std::size_t first, std::size_t end) const {
  std::vector<ObjectName> settled;
  end = std::min(end, settled_.size());
  for (std::size_t step = first; step < end; ++step)
    settled.insert(settled.end(), settled_[step].begin(), settled_[step].end());
  return settled;
}

}  // namespace migrate::core
