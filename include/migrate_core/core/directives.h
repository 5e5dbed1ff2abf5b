#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/position.h"

namespace migrate::core {

/// How the statements of a step are committed.
enum class TransactionMode {
  automatic,  ///< one transaction if nothing in the step commits by itself, statement by statement
              ///< otherwise
  none,       ///< each statement commits by itself
  batch,      ///< a commit every Directives::batch_size statements
};

/// How the ALTER TABLEs of a file may run.
enum class OnlineMode {
  any,      ///< it does not say
  instant,  ///< online=instant|inplace|copy: the slowest way accepted
  inplace,
  copy,
  tool,  ///< online: through the environment's tool for online changes
};

/// A finding of `migrate lint` that is meant: `allow=RULE reason="…"`.
struct Allowance {
  std::string rule;
  std::string reason;
  Position position;

  friend bool operator==(const Allowance&, const Allowance&) = default;
};

/// What a file says of itself in `-- migrate: key=value, …` lines among its leading comments.
struct Directives {
  TransactionMode transaction = TransactionMode::automatic;  ///< transaction=auto|none|batch(N)
  std::uint64_t batch_size = 0;                              ///< N of batch(N); 0 otherwise
  bool stepwise = false;  ///< stepwise: statement j of the down undoes statement n-j+1 of the up
  bool local_infile = false;       ///< local_infile: the step may use LOAD DATA LOCAL INFILE
  std::vector<Allowance> allowed;  ///< allow=RULE reason="…": of the whole file
  OnlineMode online = OnlineMode::any;

  friend bool operator==(const Directives&, const Directives&) = default;
};

/// A directive that cannot be understood: where it stands, what was expected.
struct DirectiveError {
  Position position;
  std::string message;
};

/// Reads the directives from the leading comments of a file (`-- `, `#` and `/* */` comments and
/// white space before the first statement). Only `--` and `#` comments carry directives. `head`
/// must reach to the first statement or further. An unknown key, a key given twice or a bad value
/// is an error; the message suggests the nearest known key.
std::variant<Directives, DirectiveError> parse_directives(std::string_view head);

/// Reads the directives in the comments between two statements, where only allow=RULE reason="…"
/// may stand: it is about the statement behind them. Positions count from `begin`, that of the
/// text.
std::variant<std::vector<Allowance>, DirectiveError> parse_allowances(std::string_view between,
                                                                      const Position& begin);

}  // namespace migrate::core
