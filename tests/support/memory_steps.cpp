#include "support/memory_steps.h"

#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "core/directives.h"
#include "core/splitter.h"

namespace migrate::testing {
namespace {

/// FNV-1a, as 16 hex digits: enough to tell one text of a test from another.
std::string hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

class MemoryStream : public port::StatementStream {
 public:
  explicit MemoryStream(const std::string& text) {
    splitter_.feed(text);
    splitter_.finish();
  }

  std::optional<core::NumberedStatement> next() override {
    for (;;) {
      const core::SplitResult result = splitter_.next();
      if (const auto* error = std::get_if<core::SplitError>(&result)) {
        throw std::logic_error("a test's own SQL cannot be split: " + error->message);
      }
      const auto* piece = std::get_if<core::Piece>(&result);
      if (piece == nullptr) return std::nullopt;
      if (piece->kind != core::Piece::Kind::statement) continue;
      return core::NumberedStatement{.index = ++statements_,
                                     .statement = core::statement_of(*piece),
                                     .hash = hash_of(piece->text)};
    }
  }

 private:
  core::Splitter splitter_;
  std::uint64_t statements_ = 0;
};

void add(core::ScriptShape& shape, const core::Piece& statement) {
  switch (statement.effect) {
    case core::Effect::schema:
      ++shape.schema_statements;
      break;
    case core::Effect::data:
      ++shape.data_statements;
      break;
    case core::Effect::session:
      ++shape.session_statements;
      break;
    case core::Effect::neutral:
      ++shape.neutral_statements;
      break;
  }
  shape.touched.add(statement.effect, statement.text);
  using core::Bracket;
  shape.manages_transactions = shape.manages_transactions ||
                               statement.bracket == Bracket::opens_transaction ||
                               statement.bracket == Bracket::closes_transaction ||
                               statement.bracket == Bracket::stops_autocommit ||
                               statement.bracket == Bracket::resumes_autocommit;
  shape.locks_tables = shape.locks_tables || statement.bracket == Bracket::locks_tables ||
                       statement.bracket == Bracket::freezes_tables ||
                       statement.bracket == Bracket::freezes_server;
  if (statement.text.size() > shape.longest_statement) {
    shape.longest_statement = statement.text.size();
    shape.longest_statement_at = statement.position;
  }
}

core::ScriptFile file_of(const std::string& path, const std::string& text) {
  return {.path = path,
          .checksum = {.hex = hash_of(text)},
          .directives = std::get<core::Directives>(core::parse_directives(text))};
}

std::string path_of(const std::string& version, std::string_view direction) {
  return fmt::format("migrations/{}_step.{}.sql", version, direction);
}

}  // namespace

void MemorySteps::up(const std::string& version, const std::string& text) {
  files_[path_of(version, "up")] = text;
}

void MemorySteps::down(const std::string& version, const std::string& text) {
  files_[path_of(version, "down")] = text;
}

void MemorySteps::ddl(const std::string& name, const std::string& text) {
  files_[fmt::format("ddl/{}.sql", name)] = text;
}

void MemorySteps::remove(const std::string& version) {
  files_.erase(path_of(version, "up"));
  files_.erase(path_of(version, "down"));
}

void MemorySteps::spoil(const std::string& path) {
  spoilt_.insert(path);
}

core::CatalogResult MemorySteps::load() {
  std::vector<core::Step> steps;
  for (const auto& [path, text] : files_) {
    if (path.starts_with("ddl/")) {
      const std::string name = path.substr(4, path.size() - 8);
      steps.push_back(
          {.id = {core::StepKind::repeatable, name}, .name = name, .up = file_of(path, text)});
    } else if (path.ends_with(".up.sql")) {
      const std::string version = path.substr(11, path.find('_') - 11);
      core::Step& step = steps.emplace_back(core::Step{
          .id = {core::StepKind::versioned, core::Version::parse(version).value().canonical()},
          .name = "step",
          .up = file_of(path, text)});
      const auto down = files_.find(path_of(version, "down"));
      if (down != files_.end()) step.down = file_of(down->first, down->second);
    }
  }
  return core::make_catalog(std::move(steps));
}

core::Script MemorySteps::examine(const core::ScriptFile& file,
                                  std::vector<core::Problem>& problems) {
  examined_.push_back(file.path);
  if (spoilt_.contains(file.path)) {
    problems.push_back(
        {.path = file.path, .position = core::Position{}, .message = "cannot be split"});
  }
  const std::string& text = files_.at(file.path);
  core::Script script{file, {.bytes = text.size()}};
  core::Splitter splitter;
  splitter.feed(text);
  splitter.finish();
  for (;;) {
    const core::SplitResult result = splitter.next();
    if (const auto* error = std::get_if<core::SplitError>(&result)) {
      problems.push_back(
          {.path = file.path, .position = error->position, .message = error->message});
    }
    const auto* piece = std::get_if<core::Piece>(&result);
    if (piece == nullptr) return script;
    if (piece->kind == core::Piece::Kind::statement) add(script.shape, *piece);
  }
}

std::unique_ptr<port::StatementStream> MemorySteps::open(const core::ScriptFile& file) {
  return std::make_unique<MemoryStream>(files_.at(file.path));
}

void MemorySteps::read(const core::ScriptFile& file,
                       const std::function<void(std::string_view)>& take) {
  take(files_.at(file.path));
}

core::Script MemorySteps::script(const std::string& path, const std::string& text) {
  files_[path] = text;
  std::vector<core::Problem> none;
  return examine(file_of(path, text), none);
}

}  // namespace migrate::testing
