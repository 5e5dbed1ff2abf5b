#pragma once

#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/history.h"

// Catalogs and histories as tests write them down.
namespace migrate::core::testing {

inline StepId versioned(const std::string& version) {
  return {StepKind::versioned, version};
}
inline StepId repeatable(const std::string& name) {
  return {StepKind::repeatable, name};
}

/// The file of a step; `text` stands for its checksum.
inline ScriptFile script(const std::string& path, const std::string& text) {
  return {.path = path, .checksum = {.hex = text}};
}

/// migrations/<version>_step.up.sql
inline Step step(const std::string& version, const std::string& text = "text") {
  return {.id = versioned(Version::parse(version).value().canonical()),
          .name = "step",
          .up = script("migrations/" + version + "_step.up.sql", text)};
}
inline Step with_down(Step step) {
  step.down = script("migrations/" + step.id.key + "_step.down.sql", "down");
  return step;
}
/// ddl/<name>.sql
inline Step ddl(const std::string& name, const std::string& text = "text") {
  return {.id = repeatable(name), .name = name, .up = script("ddl/" + name + ".sql", text)};
}

inline Catalog catalog(std::vector<Step> steps) {
  return make_catalog(std::move(steps)).catalog;
}

inline LedgerRow ledger(const StepId& id, LedgerState state = LedgerState::applied,
                        const std::string& text = "text") {
  return {.id = id,
          .name = id.kind == StepKind::versioned ? "step" : id.key,
          .state = state,
          .checksum = {.hex = text},
          .statements_total = 3,
          .changed_at = "2026-01-02 03:04:05.000000"};
}

/// In the order of application.
inline History history(std::vector<LedgerRow> rows) {
  History history;
  for (LedgerRow& row : rows) {
    row.order = history.ledger.size() + 1;
    history.ledger.push_back(row);
  }
  return history;
}

inline JournalRow journal(const StepId& id, JournalRow::State state, std::uint64_t first,
                          std::vector<std::string> hashes, UnitKind unit = UnitKind::statement) {
  return {.id = id, .state = state, .unit = unit, .first = first, .hashes = std::move(hashes)};
}

}  // namespace migrate::core::testing
