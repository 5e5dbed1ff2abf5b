#include "core/lint/tables.h"

#include <algorithm>

#include "name.h"

namespace migrate::core::lint {

const KnownColumn* KnownTable::column(std::string_view name) const {
  const auto found = std::ranges::find_if(
      columns, [&](const KnownColumn& column) { return same_name(column.name, name); });
  return found == columns.end() ? nullptr : &*found;
}

const KnownIndex* KnownTable::index(std::string_view name) const {
  const auto found = std::ranges::find_if(
      indexes, [&](const KnownIndex& index) { return same_name(index.name, name); });
  return found == indexes.end() ? nullptr : &*found;
}

Tables Tables::over(const Tables& below) {
  Tables layer;
  layer.below_ = &below;
  return layer;
}

const KnownTable* Tables::find(const std::string& name) const {
  if (const auto own = own_.find(name); own != own_.end())
    return own->second ? &*own->second : nullptr;
  return below_ == nullptr ? nullptr : below_->find(name);
}

}  // namespace migrate::core::lint
