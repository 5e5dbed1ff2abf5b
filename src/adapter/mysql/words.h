#pragma once

#include <string_view>

#include "core/history.h"
#include "core/schema/kept.h"
#include "core/step.h"
#include "core/unit.h"

namespace migrate::mysql {

/// How the history's tables spell the enumerations of core. The parsers throw Fault(configuration)
/// for a word that they don't know: somebody else wrote it.
std::string_view word(core::StepKind kind);
std::string_view word(core::Direction direction);
std::string_view word(core::UnitKind unit);
std::string_view word(core::Evidence evidence);
std::string_view word(core::Change change);
std::string_view word(core::ObjectKind kind);
std::string_view word(core::schema::KeptKind kind);
core::StepKind parse_kind(std::string_view word);
core::Direction parse_direction(std::string_view word);
core::UnitKind parse_unit(std::string_view word);
core::LedgerState parse_ledger_state(std::string_view word);
core::Evidence parse_evidence(std::string_view word);
core::Change parse_change(std::string_view word);
core::ObjectKind parse_object_kind(std::string_view word);
core::schema::KeptKind parse_kept_kind(std::string_view word);
core::JournalRow::State parse_journal_state(std::string_view word);

}  // namespace migrate::mysql
