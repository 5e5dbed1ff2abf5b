#include "load_script.h"

#include <optional>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "adapter/files/step_files.h"
#include "core/fault.h"
#include "core/online.h"
#include "sql_folder.h"

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
    shape_.touched.add(statement.effect, statement.text);
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

/// Of a file whose ALTER TABLEs are to go through a tool.
class OnlineFile {
 public:
  explicit OnlineFile(const core::ScriptFile& file) : file_(file) {}

  void add(const core::Piece& statement, std::vector<core::Problem>& problems) {
    if (statement.effect != core::Effect::schema) return;
    const auto alter = core::online_alter(statement.text);
    if (!alter) return;
    has_alter_ = true;
    if (const auto* wrong = std::get_if<core::NotOnline>(&*alter))
      problems.push_back(problem(statement.position, wrong->reason));
  }
  void finish(const core::ScriptShape& shape, std::vector<core::Problem>& problems) const {
    if (!has_alter_) {
      problems.push_back(problem({}, "there is no ALTER TABLE in it"));
    } else if (shape.locks_tables || shape.manages_transactions) {
      problems.push_back(problem({}, "it locks tables, or manages transactions itself"));
    }
  }

 private:
  core::Problem problem(const core::Position& at, const std::string& reason) const {
    return {.path = file_.path,
            .position = at,
            .message = fmt::format("`-- migrate: online` sends ALTER TABLEs through a tool, which "
                                   "cannot do this: {}; put it in a file of its own, without "
                                   "that directive",
                                   reason)};
  }

  const core::ScriptFile& file_;
  bool has_alter_ = false;
};

}  // namespace

ExaminedFile examine_file(const core::ScriptFile& file, std::vector<core::Problem>& problems) {
  ScriptReader reader(file.path, file.path, ScriptReader::Checksum::taken);
  return examine(reader, file, problems);
}

ExaminedFile examine(ScriptReader& reader, const core::ScriptFile& file,
                     std::vector<core::Problem>& problems) {
  ShapeOfScript shape;
  OnlineFile online(file);
  const bool is_online = core::goes_online(file.directives);
  auto result = reader.next();
  for (; std::holds_alternative<core::Piece>(result); result = reader.next()) {
    shape.add(std::get<core::Piece>(result));
    if (is_online) online.add(std::get<core::Piece>(result), problems);
  }
  ExaminedFile examined{.script = {file, shape.shape()}};
  examined.script.shape.bytes = reader.bytes();
  if (const auto* problem = std::get_if<core::Problem>(&result)) {
    problems.push_back(*problem);
    return examined;
  }
  examined.checksum = reader.checksum();
  if (is_online) online.finish(shape.shape(), problems);
  if (shape.transaction_left_open()) {
    problems.push_back(
        {.path = file.path,
         .position = shape.transaction_left_open(),
         .message = "this transaction is never closed; end it with COMMIT or ROLLBACK"});
  }
  if (shape.xa_opened()) {
    problems.push_back(
        {.path = file.path,
         .position = shape.xa_opened(),
         .message = "an XA transaction cannot be recorded in the history; use START TRANSACTION"});
  }
  return examined;
}

core::Script load_script(const std::filesystem::path& path) {
  LoadedFile loaded = read_sql_file(path);
  core::Script script;
  if (loaded.problems.empty()) script = examine_file(loaded.file, loaded.problems).script;
  if (!loaded.problems.empty())
    throw core::Fault(core::ExitCode::configuration, core::to_string(loaded.problems.front()));
  return script;
}

}  // namespace migrate::files
