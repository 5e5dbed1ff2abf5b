#include "filling.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema/order.h"

namespace migrate::app {
namespace {

constexpr std::uint64_t most_parents = 10'000;
/// A row that a check refuses is tried again with other values.
constexpr int rounds = 4;

core::rehearsal::ParentRows parents_of(const core::schema::Schema& schema,
                                       const core::schema::Table& table, port::Facts& facts) {
  core::rehearsal::ParentRows parents;
  for (const core::schema::ForeignKey& key : table.foreign_keys) {
    const core::schema::Table* parent =
        key.referenced_schema.empty() ? schema.find_table(key.referenced_table) : nullptr;
    if (parent == nullptr) continue;
    parents.emplace(key.name, facts.values(*parent, key.referenced_columns, most_parents));
  }
  return parents;
}

/// "the server refused a statement of migrate's own: error …" without the statement.
std::string first_line(const core::Fault& fault) {
  const std::string_view text = fault.what();
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

void Filling::fill(Stage& stage, const core::schema::Schema& schema) {
  if (request_.rows == 0) return;
  for (const core::schema::OrderedTable& ordered : core::schema::in_creation_order(schema.tables)) {
    if (filled_.insert(ordered.table->name).second) fill(stage, schema, *ordered.table);
  }
}

void Filling::fill(Stage& stage, const core::schema::Schema& schema,
                   const core::schema::Table& table) {
  const core::rehearsal::TableProfile* profile = profile_of(table.name);
  const std::uint64_t wanted = this->wanted(table, profile);
  if (wanted == 0) return;
  std::uint64_t there = 0;
  std::string why = "its checks and keys refuse what is made up";
  try {
    const auto parents = parents_of(schema, table, stage.scratch().facts());
    for (int round = 0; round < rounds && there < wanted; ++round) {
      const auto rows = core::rehearsal::make_rows(
          table, static_cast<std::uint64_t>(round) * wanted, wanted - there, parents, profile);
      if (!rows.impossible.empty()) {
        why = rows.impossible;
        break;
      }
      there += stage.scratch().insert(table, rows);
    }
  } catch (const core::Fault& fault) {
    if (fault.code() != core::ExitCode::statement_failed) throw;
    why = first_line(fault);
  }
  if (there < wanted) {
    notes_.push_back(fmt::format("table {}: only {} of {} rows could be made up: {}", table.name,
                                 there, wanted, why));
  }
}

std::uint64_t Filling::wanted(const core::schema::Table& table,
                              const core::rehearsal::TableProfile* profile) const {
  if (table.columns.empty()) return 0;
  if (!request_.profiles) return request_.rows;
  if (profile == nullptr || profile->rows == 0) return 0;
  // So few that repeat are not sure to do so where the rows are made up: chance decides.
  constexpr std::uint64_t least = 20;
  return std::min(std::max(profile->rows, least), request_.rows);
}

const core::rehearsal::TableProfile* Filling::profile_of(const std::string& table) const {
  if (!request_.profiles) return nullptr;
  const auto found = request_.profiles->find(table);
  return found == request_.profiles->end() ? nullptr : &found->second;
}

std::vector<std::string> Filling::take_notes() {
  return std::exchange(notes_, {});
}

}  // namespace migrate::app
