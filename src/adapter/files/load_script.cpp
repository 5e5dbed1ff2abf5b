#include "load_script.h"

#include <optional>

#include "adapter/files/step_files.h"
#include "core/fault.h"
#include "script_reader.h"

namespace migrate::files {
namespace {

/// What a script does, gathered statement by statement.
class ShapeOfScript {
 public:
  void add(const core::Piece& statement) {
    count(statement.effect);
    if (statement.text.size() > shape_.longest_statement) {
      shape_.longest_statement = statement.text.size();
      shape_.longest_statement_at = statement.position;
    }
    if (statement.effect == core::Effect::schema || statement.effect == core::Effect::neutral) {
      transaction_opened_.reset();
    }
    switch (statement.bracket) {
      case core::Bracket::none:
        break;
      case core::Bracket::opens_transaction:
      case core::Bracket::stops_autocommit:
        shape_.manages_transactions = true;
        transaction_opened_ = statement.position;
        break;
      case core::Bracket::closes_transaction:
      case core::Bracket::resumes_autocommit:
        shape_.manages_transactions = true;
        transaction_opened_.reset();
        break;
      case core::Bracket::locks_tables:
      case core::Bracket::freezes_tables:
      case core::Bracket::freezes_server:
        shape_.locks_tables = true;
        transaction_opened_.reset();
        break;
      case core::Bracket::unlocks_tables:  // commits where there is something to unlock
        if (shape_.locks_tables) transaction_opened_.reset();
        break;
      case core::Bracket::opens_xa:
        if (!xa_opened_) xa_opened_ = statement.position;
        break;
    }
  }

  const std::optional<core::Position>& xa_opened() const { return xa_opened_; }
  const core::ScriptShape& shape() const { return shape_; }
  /// Where a transaction was opened that nothing closes.
  const std::optional<core::Position>& transaction_left_open() const { return transaction_opened_; }

 private:
  void count(core::Effect effect) {
    switch (effect) {
      case core::Effect::schema:
        ++shape_.schema_statements;
        break;
      case core::Effect::data:
        ++shape_.data_statements;
        break;
      case core::Effect::session:
        ++shape_.session_statements;
        break;
      case core::Effect::neutral:
        ++shape_.neutral_statements;
        break;
    }
  }

  core::ScriptShape shape_;
  std::optional<core::Position> transaction_opened_;
  std::optional<core::Position> xa_opened_;
};

}  // namespace

core::Script scan_script(const std::filesystem::path& path, const std::string& shown,
                         std::vector<core::Problem>& problems) {
  ScriptReader reader(path, shown, ScriptReader::Checksum::taken);
  ShapeOfScript shape;
  auto result = reader.next();
  for (; std::holds_alternative<core::Piece>(result); result = reader.next()) {
    shape.add(std::get<core::Piece>(result));
  }
  core::Script script{.path = shown, .shape = shape.shape()};
  script.shape.bytes = reader.bytes();
  if (const auto* problem = std::get_if<core::Problem>(&result)) {
    problems.push_back(*problem);
    return script;
  }
  script.checksum = reader.checksum();
  if (shape.transaction_left_open()) {
    problems.push_back(
        {.path = shown,
         .position = shape.transaction_left_open(),
         .message = "this transaction is never closed; end it with COMMIT or ROLLBACK"});
  }
  if (shape.xa_opened()) {
    problems.push_back(
        {.path = shown,
         .position = shape.xa_opened(),
         .message = "an XA transaction cannot be recorded in the history; use START TRANSACTION"});
  }
  auto directives = core::parse_directives(reader.head());
  if (const auto* error = std::get_if<core::DirectiveError>(&directives)) {
    problems.push_back({.path = shown, .position = error->position, .message = error->message});
  } else {
    script.directives = std::get<core::Directives>(directives);
  }
  return script;
}

core::Script load_script(const std::filesystem::path& path) {
  std::vector<core::Problem> problems;
  core::Script script = scan_script(path, path.string(), problems);
  if (!problems.empty())
    throw core::Fault(core::ExitCode::configuration, core::to_string(problems.front()));
  return script;
}

}  // namespace migrate::files
