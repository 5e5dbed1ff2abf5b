#include "step_subset.h"

#include <algorithm>
#include <utility>

namespace migrate::app {
namespace {

/// No file has such a checksum.
core::Checksum other_checksum(core::Checksum checksum) {
  std::ranges::replace(checksum.hex, '0', '-');
  checksum.hex = "~" + checksum.hex;
  return checksum;
}

/// A statement in whose place the server refuses one, so that what follows a failure there can be
/// seen. It commits, or does not, as the real one would.
class FailingStream : public port::StatementStream {
 public:
  FailingStream(std::unique_ptr<port::StatementStream> statements, std::uint64_t failing)
      : statements_(std::move(statements)), failing_(failing) {}

  std::optional<core::NumberedStatement> next() override {
    auto numbered = statements_->next();
    if (!numbered || numbered->index != failing_) return numbered;
    core::Statement& statement = numbered->statement;
    statement.bracket = core::Bracket::none;
    statement.travel = core::Travel::together;
    statement.text = statement.effect == core::Effect::schema
                         ? "DROP TABLE migrate_verify_fails_here"
                         : "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'migrate verify fails here'";
    return numbered;
  }

 private:
  std::unique_ptr<port::StatementStream> statements_;
  std::uint64_t failing_;
};

class SingleStream : public port::StatementStream {
 public:
  explicit SingleStream(std::unique_ptr<port::StatementStream> statements)
      : statements_(std::move(statements)) {}

  std::optional<core::NumberedStatement> next() override {
    auto numbered = statements_->next();
    if (numbered && numbered->statement.effect == core::Effect::schema)
      numbered->statement.travel = core::Travel::alone;
    return numbered;
  }

 private:
  std::unique_ptr<port::StatementStream> statements_;
};

}  // namespace

void StepSubset::fail_at(const core::ScriptFile& file, std::uint64_t statement) {
  failing_ = Failing{.path = file.path, .statement = statement};
}

core::CatalogResult StepSubset::load() {
  std::vector<core::Step> steps = steps_;
  for (core::Step& step : steps) {
    if (step.id.kind == core::StepKind::repeatable && changed_.contains(step.id.key))
      step.up.checksum = other_checksum(step.up.checksum);
  }
  return core::make_catalog(std::move(steps));
}

core::ScriptFile StepSubset::as_on_disk(core::ScriptFile file) const {
  for (const core::Step& step : steps_) {
    if (step.up.path == file.path) file.checksum = step.up.checksum;
  }
  return file;
}

core::Script StepSubset::examine(const core::ScriptFile& file,
                                 std::vector<core::Problem>& problems) {
  core::Script script = files_.examine(as_on_disk(file), problems);
  script.checksum = file.checksum;
  return script;
}

std::unique_ptr<port::StatementStream> StepSubset::open(const core::ScriptFile& file) {
  auto statements = files_.open(as_on_disk(file));
  if (failing_ && failing_->path == file.path)
    return std::make_unique<FailingStream>(std::move(statements), failing_->statement);
  if (single_ == file.path) return std::make_unique<SingleStream>(std::move(statements));
  return statements;
}

}  // namespace migrate::app
