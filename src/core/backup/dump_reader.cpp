#include "core/backup/dump_reader.h"

#include <algorithm>
#include <charconv>
#include <variant>

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::core::backup {
namespace {

// The comment with the position of the log is among the first lines, the one that says that the
// dump is complete is the last; between them neither is looked for.
constexpr std::size_t head_bytes = 65536;
constexpr std::size_t tail_bytes = 4096;

[[noreturn]] void give_up(std::string_view what, std::string_view text, std::size_t at) {
  throw Fault(ExitCode::internal,
              fmt::format("cannot read the dump: expected {} at '{}'", what,
                          text.substr(std::min(at, text.size()), 40)),
              "this is a defect of migrate; please report it, with the version of the dump tool");
}

bool take(std::string_view text, std::size_t& at, std::string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  at += word.size();
  return true;
}

void skip_space(std::string_view text, std::size_t& at) {
  at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// In backticks, a backtick inside doubled.
std::string read_name(std::string_view text, std::size_t& at) {
  std::string name;
  if (!take(text, at, "`")) give_up("a name", text, at);
  for (;;) {
    const std::size_t end = text.find('`', at);
    if (end == std::string_view::npos) give_up("the end of a name", text, at);
    name += text.substr(at, end - at);
    at = end + 1;
    if (!take(text, at, "`")) return name;
    name += '`';
  }
}

/// https://dev.mysql.com/doc/refman/9.7/en/string-literals.html#character-escape-sequences: those
/// that mysql_real_escape_string() writes, which is what the tools call.
char unescaped(char c) {
  switch (c) {
    case '0':
      return '\0';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'Z':
      return '\x1a';
    default:
      return c;
  }
}

std::string read_string(std::string_view text, std::size_t& at) {
  std::string value;
  for (++at;;) {
    const std::size_t end = text.find_first_of("'\\", at);
    if (end == std::string_view::npos) give_up("the end of a string", text, at);
    value += text.substr(at, end - at);
    at = end + 1;
    const bool is_quote = text[end] == '\'';
    if (is_quote && !take(text, at, "'")) return value;
    if (at == text.size()) give_up("the end of a string", text, end);
    value += is_quote ? '\'' : unescaped(text[at++]);
  }
}

std::string read_hex(std::string_view text, std::size_t& at) {
  const std::size_t end =
      std::min(text.find_first_not_of("0123456789ABCDEFabcdef", at + 2), text.size());
  std::string bytes;
  bytes.reserve((end - at) / 2);
  for (at += 2; at + 1 < end; at += 2) {
    unsigned byte = 0;
    std::from_chars(text.data() + at, text.data() + at + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  at = end;
  return bytes;
}

/// The last text in quotes between this word and the next semicolon; empty: it is not there.
std::string quoted_behind(std::string_view text, std::string_view word) {
  const std::size_t start = text.find(word);
  if (start == std::string_view::npos) return {};
  const std::string_view rest = text.substr(start, text.find(';', start) - start);
  const std::size_t end = rest.rfind('\'');
  const std::size_t begin = end == 0 ? end : rest.rfind('\'', end - 1);
  if (begin == std::string_view::npos || begin >= end) return {};
  return std::string(rest.substr(begin + 1, end - begin - 1));
}

/// MySQL's tool writes it in front, as what to add to the sets that are there; MariaDB's behind.
std::string gtid_of(std::string_view head, std::string_view tail) {
  std::string gtid = quoted_behind(head, "GTID_PURGED=");
  if (gtid.empty()) gtid = quoted_behind(tail, "gtid_slave_pos=");
  std::erase_if(gtid, [](char c) { return c == '\n' || c == '+'; });
  return gtid;
}

}  // namespace

std::optional<std::string> read_literal(std::string_view text, std::size_t& at) {
  if (take(text, at, "NULL")) return std::nullopt;
  if (take(text, at, "_binary ")) skip_space(text, at);
  if (at >= text.size()) give_up("a value", text, at);
  if (text[at] == '\'') return read_string(text, at);
  if (text.substr(at, 2) == "0x") return read_hex(text, at);
  const std::size_t end = std::min(text.find_first_of(",)", at), text.size());
  if (end == at || text.find_first_not_of("0123456789+-.eE", at) < end)
    give_up("a value", text, at);
  std::string value(text.substr(at, end - at));
  at = end;
  return value;
}

void DumpReader::feed(std::string_view bytes) {
  if (head_.size() < head_bytes) head_ += bytes.substr(0, head_bytes - head_.size());
  tail_ += bytes.substr(bytes.size() - std::min(bytes.size(), tail_bytes));
  tail_.erase(0, tail_.size() - std::min(tail_.size(), tail_bytes));
  splitter_.feed(bytes);
  read_pieces();
}

void DumpReader::finish() {
  splitter_.finish();
  read_pieces();
  for (std::size_t i = 0; i < tables_.size(); ++i) tables_[i].digest = hashes_[i].hex();
}

void DumpReader::read_pieces() {
  for (;;) {
    const SplitResult result = splitter_.next();
    if (const auto* error = std::get_if<SplitError>(&result)) {
      throw Fault(
          ExitCode::internal,
          fmt::format("cannot read the dump: line {}: {}", error->position.line, error->message),
          "this is a defect of migrate; please report it");
    }
    const auto* piece = std::get_if<Piece>(&result);
    if (piece == nullptr) return;
    if (piece->kind == Piece::Kind::statement) read_statement(piece->text);
  }
}

void DumpReader::read_statement(std::string_view text) {
  constexpr std::string_view create = "CREATE TABLE ";
  if (text.starts_with("INSERT INTO ")) return read_insert(text);
  // The stand-in of a view is in a comment of its own.
  if (!text.starts_with(create)) return;
  std::size_t at = create.size();
  take(text, at, "IF NOT EXISTS ");
  table_ = read_name(text, at);
  tables_.push_back({.name = table_});
  hashes_.emplace_back();
}

void DumpReader::read_insert(std::string_view text) {
  std::size_t at = std::string_view("INSERT INTO ").size();
  const std::string name = read_name(text, at);
  if (tables_.empty() || tables_.back().name != name)
    give_up("the rows of table " + table_, text, 0);
  TableContent& table = tables_.back();
  std::vector<std::string> columns;
  for (take(text, at, " ("); !take(text, at, ") VALUES ");) {
    columns.push_back(read_name(text, at));
    take(text, at, ", ");
  }
  if (table.columns.empty()) table.columns = std::move(columns);
  std::string row;
  do {
    skip_space(text, at);
    if (!take(text, at, "(")) give_up("a row", text, at);
    row.clear();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0 && !take(text, at, ",")) give_up("a value more", text, at);
      append_value(row, read_literal(text, at));
    }
    if (!take(text, at, ")")) give_up("the end of a row", text, at);
    hashes_.back().add(BagHash::of(row));
    ++table.rows;
  } while (take(text, at, ","));
  skip_space(text, at);
  if (at != text.size()) give_up("the end of the statement", text, at);
}

std::optional<LogPosition> DumpReader::log() const {
  for (const std::string_view family : {"SOURCE", "MASTER"}) {
    LogPosition log{.file = quoted_behind(head_, fmt::format("{}_LOG_FILE=", family)),
                    .position = 0,
                    .gtid = {}};
    if (log.file.empty()) continue;
    const std::string position = fmt::format("{}_LOG_POS=", family);
    const std::size_t at = head_.find(position);
    if (at == std::string::npos) continue;
    const char* const digits = head_.data() + at + position.size();
    std::from_chars(digits, head_.data() + head_.size(), log.position);
    log.gtid = gtid_of(head_, tail_);
    return log;
  }
  return std::nullopt;
}

bool DumpReader::is_complete() const {
  return tail_.find("-- Dump completed") != std::string::npos;
}

}  // namespace migrate::core::backup
