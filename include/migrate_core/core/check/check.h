#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/check/expectation.h"
#include "core/lint/severity.h"
#include "core/named_values.h"

namespace migrate::core::check {

using Severity = lint::Severity;

/// When a check is asked, beside `migrate check`, which asks any.
enum class Moment {
  before,   ///< by `up`, in front of its first statement: an error keeps it from running
  after,    ///< by `up`, behind its last statement
  monitor,  ///< by `migrate check` alone
};

inline constexpr std::array<std::string_view, 3> moment_names{"before", "after", "monitor"};

constexpr std::string_view name_of(Moment moment) {
  return moment_names.at(static_cast<std::size_t>(moment));
}

constexpr std::optional<Moment> moment_named(std::string_view name) {
  return value_named<Moment>(moment_names, name);
}

inline constexpr std::chrono::seconds default_time_limit{10};

/// A question to the server, and what its answer is to be.
struct Check {
  std::string name;   ///< of small letters, digits and '-'
  std::string query;  ///< one that reads
  Expectation expect;
  Severity severity = Severity::error;
  std::vector<Moment> when{Moment::monitor};
  std::string reason;              ///< what it means when it does not hold, for whoever is woken
  std::vector<std::string> needs;  ///< tables without which there is nothing to ask
  std::chrono::seconds time_limit = default_time_limit;
  std::string origin;  ///< "shipped", "migrate.yaml:12"

  bool is_for(Moment moment) const;
};

/// Why a text cannot be the query of a check: it is not one statement, or does not begin with
/// SELECT, WITH, TABLE, VALUES or SHOW. Nothing: it can. What it does is for the server to say,
/// which is asked in a transaction that only reads.
std::optional<std::string> wrong_with_query(const std::string& query);

/// Why a text cannot be a name.
std::optional<std::string> wrong_with_name(std::string_view name);

/// Those for this moment, in their order.
std::vector<Check> checks_for(Moment moment, std::span<const Check> checks);

/// The checks of the tables in `ddl/`: `outbox`, `outbox_dead_letter`, `refresh_tokens`. Each has
/// nothing to ask where its table is not there.
const std::vector<Check>& shipped_checks();

}  // namespace migrate::core::check
