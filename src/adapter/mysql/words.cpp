#include "words.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::mysql {
namespace {

template <class Value, std::size_t size>
using Words = std::array<std::pair<Value, std::string_view>, size>;

constexpr Words<core::StepKind, 2> kinds{
    {{core::StepKind::versioned, "versioned"}, {core::StepKind::repeatable, "repeatable"}}};
constexpr Words<core::Direction, 2> directions{
    {{core::Direction::up, "up"}, {core::Direction::down, "down"}}};
// A word that is no longer written comes behind the one that is: up to format 2 a `locked` unit was
// a whole stretch from LOCK TABLES to UNLOCK TABLES, and had no witness.
constexpr Words<core::UnitKind, 5> units{{{core::UnitKind::session, "session"},
                                          {core::UnitKind::statement, "statement"},
                                          {core::UnitKind::transaction, "transaction"},
                                          {core::UnitKind::file_transaction, "file_transaction"},
                                          {core::UnitKind::statement, "locked"}}};
constexpr Words<core::LedgerState, 4> ledger_states{
    {{core::LedgerState::applied, "applied"},
     {core::LedgerState::baselined, "baselined"},
     {core::LedgerState::partly_up, "partly_up"},
     {core::LedgerState::partly_down, "partly_down"}}};
constexpr Words<core::JournalRow::State, 2> journal_states{
    {{core::JournalRow::State::intended, "intended"}, {core::JournalRow::State::done, "done"}}};

constexpr Words<core::Evidence, 4> evidences{{{core::Evidence::objects, "objects"},
                                              {core::Evidence::identities, "identities"},
                                              {core::Evidence::repeatable, "repeatable"},
                                              {core::Evidence::binary_log, "binary_log"}}};
constexpr Words<core::Change, 5> changes{{{core::Change::created, "created"},
                                          {core::Change::altered, "altered"},
                                          {core::Change::dropped, "dropped"},
                                          {core::Change::renamed_away, "renamed_away"},
                                          {core::Change::renamed_here, "renamed_here"}}};
constexpr Words<core::ObjectKind, 11> object_kinds{{{core::ObjectKind::table, "table"},
                                                    {core::ObjectKind::view, "view"},
                                                    {core::ObjectKind::index, "index"},
                                                    {core::ObjectKind::procedure, "procedure"},
                                                    {core::ObjectKind::function, "function"},
                                                    {core::ObjectKind::package, "package"},
                                                    {core::ObjectKind::trigger, "trigger"},
                                                    {core::ObjectKind::event, "event"},
                                                    {core::ObjectKind::sequence, "sequence"},
                                                    {core::ObjectKind::schema, "schema"},
                                                    {core::ObjectKind::account, "account"}}};

using core::schema::KeptKind;
constexpr Words<KeptKind, 10> kept_kinds{{{KeptKind::schema, "schema"},
                                          {KeptKind::table, "table"},
                                          {KeptKind::view, "view"},
                                          {KeptKind::procedure, "procedure"},
                                          {KeptKind::function, "function"},
                                          {KeptKind::package, "package"},
                                          {KeptKind::package_body, "package body"},
                                          {KeptKind::trigger, "trigger"},
                                          {KeptKind::event, "event"},
                                          {KeptKind::sequence, "sequence"}}};

template <class Value, std::size_t size>
std::string_view spell(const Words<Value, size>& words, Value value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return {};
}

template <class Value, std::size_t size>
Value parse(const Words<Value, size>& words, std::string_view text) {
  for (const auto& [known, word] : words) {
    if (word == text) return known;
  }
  throw core::Fault(
      core::ExitCode::configuration,
      fmt::format(
          "the history's tables hold the word '{}', which this version of migrate never wrote",
          text),
      "find out who changed the tables migrate_ledger and migrate_journal");
}

}  // namespace

std::string_view word(core::StepKind kind) {
  return spell(kinds, kind);
}
std::string_view word(core::Direction direction) {
  return spell(directions, direction);
}
std::string_view word(core::UnitKind unit) {
  return spell(units, unit);
}
std::string_view word(core::Evidence evidence) {
  return spell(evidences, evidence);
}
std::string_view word(core::Change change) {
  return spell(changes, change);
}
std::string_view word(core::ObjectKind kind) {
  return spell(object_kinds, kind);
}
std::string_view word(core::schema::KeptKind kind) {
  return spell(kept_kinds, kind);
}
core::schema::KeptKind parse_kept_kind(std::string_view word) {
  return parse(kept_kinds, word);
}
core::Evidence parse_evidence(std::string_view word) {
  return parse(evidences, word);
}
core::Change parse_change(std::string_view word) {
  return parse(changes, word);
}
core::ObjectKind parse_object_kind(std::string_view word) {
  return parse(object_kinds, word);
}
core::StepKind parse_kind(std::string_view word) {
  return parse(kinds, word);
}
core::Direction parse_direction(std::string_view word) {
  return parse(directions, word);
}
core::UnitKind parse_unit(std::string_view word) {
  return parse(units, word);
}
core::LedgerState parse_ledger_state(std::string_view word) {
  return parse(ledger_states, word);
}
core::JournalRow::State parse_journal_state(std::string_view word) {
  return parse(journal_states, word);
}

}  // namespace migrate::mysql
