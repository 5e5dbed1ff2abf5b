#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/blocker.h"
#include "core/estimate/estimate.h"
#include "core/impact/way.h"
#include "core/object_name.h"
#include "core/server_info.h"
#include "core/text_difference.h"

namespace migrate::core::impact {

/// How the server said that it runs a statement.
struct Way {
  enum class Rebuild { no, yes, unknown };

  Algorithm algorithm = Algorithm::copy;  ///< never nocopy: that is inplace without a rebuild
  Rebuild rebuild = Rebuild::yes;
  Locking locking = Locking::none;  ///< of the long part; a moment of `exclusive` is always needed
  std::string why;  ///< the server's words, why nothing milder was to be had; may be empty

  /// Nobody waits for it, and it costs nothing that grows with the table.
  bool is_harmless() const { return rebuild == Rebuild::no && locking == Locking::none; }
};

/// What is known of how a statement runs.
struct Handling {
  enum class Kind {
    asked,       ///< `way`
    not_asked,   ///< Impact::not_asked says why
    new_table,   ///< of a table that the plan itself makes: there is nothing in it
    definition,  ///< of objects only: CREATE, DROP, RENAME
    rows,        ///< reads or writes rows
    session,     ///< touches nothing that others see
    fails,       ///< the server refuses it, on an empty copy too: `words` say why
    unknown,     ///< `words` say why
  };
  Kind kind = Kind::unknown;
  Way way;
  std::string words;
};

/// What a statement makes of an object, as lines of its definition.
struct ObjectChange {
  std::string object;  ///< "table orders"
  std::vector<DifferenceLine> lines;
};

struct StatementImpact {
  std::uint64_t index = 1;  ///< in its script
  std::string text;         ///< as it is written, at most text_bytes
  bool cut = false;
  std::vector<ObjectName> touches;
  Handling handling;
  estimate::Estimate expected;        ///< how long it may take
  std::vector<ObjectChange> changes;  ///< empty: none, or not known

  static constexpr std::size_t text_bytes = 8192;
};

/// Of each step of a plan, those that are shown of it.
struct StepImpact {
  std::string name;  ///< "20260105_add_notes"
  std::string path;
  std::string down_path;  ///< empty: there is no way back
  bool is_versioned = true;
  std::vector<StatementImpact> statements;
};

struct ForeignKeyLink {
  std::string name;
  std::string from;  ///< table
  std::string to;    ///< table
  std::vector<std::string> columns;
  std::vector<std::string> referenced_columns;
  bool is_new = false;  ///< the plan adds it

  friend bool operator==(const ForeignKeyLink&, const ForeignKeyLink&) = default;
};

/// A table that the plan touches.
struct TouchedTable {
  std::string name;
  bool is_new = false;                 ///< the plan makes it
  std::optional<std::uint64_t> rows;   ///< about so many; nothing: not known
  std::optional<std::uint64_t> bytes;  ///< data and indexes
  std::vector<std::string> triggers;
};

/// As it is now.
struct Traffic {
  std::vector<Blocker> blockers;          ///< whom a change of a table would have to wait for
  std::vector<std::string> unknown;       ///< what cannot be known here, and why
  std::optional<std::uint64_t> replicas;  ///< connected; nothing: the server does not tell
};

/// All that is known beforehand of what a plan will do to a server.
struct Impact {
  std::vector<StepImpact> steps;
  std::vector<TouchedTable> tables;   ///< by name
  std::vector<ForeignKeyLink> links;  ///< that begin or end at one of them
  Traffic traffic;
  std::string asked;          ///< who was asked how statements run; empty: nobody
  std::string asked_another;  ///< how it is not like the server of the plan; empty: it is
  std::string not_asked;      ///< why not all were; empty: they were, or there was nothing to ask
  ServerInfo server;          ///< that the plan is for

  const TouchedTable* find_table(const std::string& name) const;
};

/// How long all of it may take.
struct ExpectedTime {
  std::chrono::milliseconds known{0};
  std::uint64_t unknown = 0;  ///< statements whose time nobody can tell
};
ExpectedTime expected_time(const Impact& impact);

/// "table orders", of an object of another schema "table crm.orders".
std::string words_of(const ObjectName& object);

/// What others notice of it, e.g. "reads go on, writes wait".
std::string locking_words(const Way& way);

/// "INPLACE, no rebuild".
std::string algorithm_words(const Way& way);

}  // namespace migrate::core::impact
