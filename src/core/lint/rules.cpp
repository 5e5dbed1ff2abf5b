#include "lint/rules.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

namespace migrate::core::lint {
namespace {

/// "unit_price" and "UnitPrice" are unit and price.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  char before = '_';
  for (const char c : name) {
    const bool letter = is_word_byte(c) && c != '_' && !is_digit(c);
    const bool begins = c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
    if ((!letter || begins) && !words.back().empty()) words.emplace_back();
    if (letter) words.back() += ascii_lower(c);
    before = c;
  }
  return words;
}

}  // namespace

std::vector<Remark> dropped_objects(const StatementView& view,
                                    std::initializer_list<ObjectKind> kinds,
                                    const std::string& advice) {
  std::vector<Remark> remarks;
  for (const auto& [object, change] : view.change.objects) {
    if (change != Change::dropped || std::ranges::find(kinds, object.kind) == kinds.end()) continue;
    const std::string name = full_name(object);
    if (view.is_own(key_of(object.kind, name))) continue;
    remarks.push_back({0, fmt::format("{} {} is dropped", word_of(object.kind), name), advice});
  }
  return remarks;
}

bool begins_with(const std::vector<std::string>& columns, const std::vector<std::string>& first) {
  return columns.size() >= first.size() &&
         std::equal(first.begin(), first.end(), columns.begin(),
                    [](const std::string& a, const std::string& b) {
                      return a != "()" && same_name(a, b);
                    });
}

std::string shown(const KnownIndex& index) {
  return fmt::format("{} ({})", index.name, fmt::join(index.columns, ", "));
}

const KnownIndex* better_index(const KnownIndex& index, const KnownTable& table) {
  if (index.name == "PRIMARY") return nullptr;
  bool behind = false;
  for (const KnownIndex& other : table.indexes) {
    if (same_name(other.name, index.name) && other.columns == index.columns) {
      behind = true;
      continue;
    }
    const bool equal = other.columns.size() == index.columns.size();
    // A unique key is a rule too, which only one that is as short can stand for.
    if (index.is_unique && !(other.is_unique && equal)) continue;
    const bool alike = equal && other.is_unique == index.is_unique && other.name != "PRIMARY";
    if (alike && behind) continue;
    if (begins_with(other.columns, index.columns)) return &other;
  }
  return nullptr;
}

bool is_approximate(const ColumnType& type) {
  return type.name == "FLOAT" || type.name == "DOUBLE";
}

bool is_money(std::string_view column) {
  static constexpr std::array<std::string_view, 15> words{
      "amount", "balance", "budget", "cost",   "credit", "debit", "discount", "fee",
      "money",  "payment", "price",  "salary", "tax",    "total", "wage"};
  return std::ranges::any_of(words_of(column), [](const std::string& word) {
    return std::ranges::any_of(words, [&](std::string_view money) {
      return word == money ||
             (word.size() == money.size() + 1 && word.starts_with(money) && word.back() == 's');
    });
  });
}

bool copies_rows(const StatementView& view) {
  return view.table && view.table->creates() &&
         view.table->source == TableStatement::Source::select;
}

}  // namespace migrate::core::lint
