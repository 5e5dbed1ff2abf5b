#include "script_walk.h"

#include <algorithm>
#include <utility>

#include "line_counter.h"

namespace migrate::core::lint {
namespace {

constexpr std::size_t excerpt_bytes = 200;

Position position_in(const Statement& statement, std::size_t offset) {
  LineCounter lines(statement.position);
  lines.advance(std::string_view(statement.text).substr(0, offset));
  return lines.position();
}

/// The line around the offset.
std::string excerpt_at(std::string_view text, std::size_t offset) {
  const std::size_t before = text.substr(0, offset).find_last_of("\r\n");
  std::string_view line = text.substr(before == std::string_view::npos ? 0 : before + 1);
  line = line.substr(0, line.find_first_of("\r\n"));
  return std::string(line.substr(0, excerpt_bytes));
}

/// Bytes of UTF-8 that only continue a character.
std::uint64_t continuations(std::string_view text) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }));
}

std::uint64_t column_in_characters(std::string_view text, std::size_t offset,
                                   const Position& position) {
  const std::size_t line = text.substr(0, offset).find_last_of("\r\n");
  const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
  return position.column - continuations(text.substr(begin, offset - begin));
}

}  // namespace

Finding finding_at(const Rule& rule, const std::string& path, const Place& place) {
  Finding finding;
  finding.rule = rule.name;
  finding.severity = rule.severity;
  finding.path = path;
  finding.position = place.position;
  finding.column_in_characters = place.position.column;
  finding.statement = place.statement;
  finding.excerpt = place.excerpt;
  return finding;
}

ScriptWalk::ScriptWalk(std::string path, StepKind kind, Direction direction,
                       std::span<const Rule> rules, Tables& tables, const Outline* up)
    : kind_(kind), direction_(direction), rules_(rules), tables_(tables), up_(up) {
  result_.outline.path = std::move(path);
}

void ScriptWalk::feed(std::string_view bytes) {
  if (state_ == State::ended) return;
  splitter_.feed(bytes);
  split();
}

WalkedScript ScriptWalk::finish() {
  if (state_ == State::reading) {
    splitter_.finish();
    split();
    read_directives();
  }
  return std::move(result_);
}

void ScriptWalk::problem(const Position& position, std::string message) {
  result_.problems.push_back(
      {.path = result_.outline.path, .position = position, .message = std::move(message)});
}

void ScriptWalk::split() {
  for (;;) {
    const SplitResult next = splitter_.next();
    if (std::holds_alternative<NeedInput>(next) || std::holds_alternative<Finished>(next)) return;
    if (const auto* error = std::get_if<SplitError>(&next)) {
      problem(error->position, error->message);
      state_ = State::ended;
      return;
    }
    const auto& piece = std::get<Piece>(next);
    if (piece.kind == Piece::Kind::filler) {
      keep_filler(piece);
    } else {
      read_directives();
      look_at(piece);
    }
  }
}

void ScriptWalk::keep_filler(const Piece& piece) {
  if (filler_.empty()) filler_at_ = piece.position;
  filler_ += piece.text;
}

// In front of the first statement they are about the file, later about the next statement.
void ScriptWalk::read_directives() {
  const bool is_head = result_.statements == 0;
  const std::string text = std::exchange(filler_, {});
  if (text.empty()) return;
  const auto keep = [&](const std::vector<Allowance>& allowances) {
    for (const Allowance& allowance : allowances)
      result_.scopes.push_back({allowance, is_head ? 0 : result_.statements + 1});
  };
  if (is_head) {
    const auto read = parse_directives(text);
    if (const auto* error = std::get_if<DirectiveError>(&read))
      return problem(error->position, error->message);
    result_.outline.directives = std::get<Directives>(read);
    keep(result_.outline.directives.allowed);
  } else {
    const auto read = parse_allowances(text, filler_at_);
    if (const auto* error = std::get_if<DirectiveError>(&read))
      return problem(error->position, error->message);
    keep(std::get<std::vector<Allowance>>(read));
  }
}

void ScriptWalk::look_at(const Piece& piece) {
  const Statement statement = statement_of(piece);
  const std::uint64_t number = ++result_.statements;
  const SchemaChange change = schema_change(statement.text);
  std::optional<TableStatement> table = read_table_statement(statement.text);
  const DataStatement data = read_data_statement(statement.text);
  const StatementView view{.statement = statement,
                           .number = number,
                           .kind = kind_,
                           .direction = direction_,
                           .before = result_.outline,
                           .up = up_,
                           .change = change,
                           .table = table,
                           .previous_table = previous_table_,
                           .data = data,
                           .tables = tables_};
  for (const Rule& rule : rules_) {
    const auto* check = std::get_if<StatementCheck>(&rule.check);
    if (check == nullptr) continue;
    for (Remark& remark : (*check)(view)) {
      const Position position = position_in(statement, remark.offset);
      Finding finding = finding_at(rule, result_.outline.path,
                                   {number, position, excerpt_at(statement.text, remark.offset)});
      finding.column_in_characters = column_in_characters(statement.text, remark.offset, position);
      finding.message = std::move(remark.message);
      finding.advice = std::move(remark.advice);
      result_.findings.push_back(std::move(finding));
    }
  }
  add_to(result_.outline, view, {number, statement.position, excerpt_at(statement.text, 0)});
  if (table) apply(*table, tables_);
  apply(change, tables_);
  previous_table_ = std::move(table);
}

}  // namespace migrate::core::lint
