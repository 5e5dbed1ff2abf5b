#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/catalog.h"
#include "core/lint/finding.h"
#include "core/lint/rule.h"
#include "core/lint/tables.h"
#include "core/splitter.h"
#include "view.h"

namespace migrate::core::lint {

/// An allowance, with the statement that it is about; 0: all of the file.
struct Scope {
  Allowance allowance;
  std::uint64_t statement = 0;
};

/// What came of one script.
struct WalkedScript {
  Outline outline;
  std::vector<Finding> findings;
  std::vector<Scope> scopes;
  std::vector<Problem> problems;
  std::uint64_t statements = 0;
};

/// Goes through one script as its bytes come by: every statement is shown to every rule, and done
/// to `tables`. Not thread-safe.
class ScriptWalk {
 public:
  /// `rules` and `tables` must outlive it; `up` is the up script's outline where this is the down.
  ScriptWalk(std::string path, StepKind kind, Direction direction, std::span<const Rule> rules,
             Tables& tables, const Outline* up);

  void feed(std::string_view bytes);
  /// After the last byte.
  WalkedScript finish();

 private:
  enum class State { reading, ended };

  void split();
  void keep_filler(const Piece& piece);
  void read_directives();
  void look_at(const Piece& piece);
  void problem(const Position& position, std::string message);

  StepKind kind_;
  Direction direction_;
  std::span<const Rule> rules_;
  Tables& tables_;
  const Outline* up_;
  State state_ = State::reading;
  Splitter splitter_;
  std::string filler_;  ///< in front of the next statement
  Position filler_at_;
  std::optional<TableStatement> previous_table_;
  WalkedScript result_;
};

/// A finding without what only the rule knows.
Finding finding_at(const Rule& rule, const std::string& path, const Place& place);

}  // namespace migrate::core::lint
