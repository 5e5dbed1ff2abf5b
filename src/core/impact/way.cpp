#include "core/impact/way.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "token_cursor.h"

namespace migrate::core::impact {
namespace {

constexpr std::array algorithms{
    std::pair{Algorithm::instant, std::string_view("INSTANT")},
    std::pair{Algorithm::nocopy, std::string_view("NOCOPY")},
    std::pair{Algorithm::inplace, std::string_view("INPLACE")},
    std::pair{Algorithm::copy, std::string_view("COPY")},
};
constexpr std::array lockings{
    std::pair{Locking::none, std::string_view("NONE")},
    std::pair{Locking::shared, std::string_view("SHARED")},
    std::pair{Locking::exclusive, std::string_view("EXCLUSIVE")},
};

template <class Words>
auto at_one_of(const TokenCursor& cursor, const Words& words) {
  std::optional<typename Words::value_type::first_type> found;
  for (const auto& [value, word] : words) {
    if (cursor.at(word)) found = value;
  }
  return found;
}

/// What the statement asks for itself, and its text without that.
struct OwnWishes {
  std::string text;
  std::optional<Algorithm> algorithm;
  std::optional<Locking> locking;
};

/// A clause and one comma beside it; PARTITION BY KEY ALGORITHM=2 is none.
OwnWishes take_own_wishes(std::string_view statement) {
  OwnWishes own;
  std::size_t copied = 0;
  std::size_t comma = std::string_view::npos;  // in front of the clause
  TokenCursor cursor(statement, {});
  while (!cursor.at_end()) {
    const std::size_t begin = cursor.begin();
    if (cursor.at_mark(',')) {
      comma = begin;
      cursor.advance();
      continue;
    }
    const bool is_algorithm = cursor.take("ALGORITHM");
    if (!is_algorithm && !cursor.take("LOCK")) {
      comma = std::string_view::npos;
      cursor.advance_over_group();
      continue;
    }
    cursor.take_mark('=');
    const bool is_default = cursor.at("DEFAULT");
    const auto algorithm = is_algorithm ? at_one_of(cursor, algorithms) : std::nullopt;
    const auto locking = is_algorithm ? std::nullopt : at_one_of(cursor, lockings);
    if (!is_default && !algorithm && !locking) continue;
    if (algorithm) own.algorithm = algorithm;
    if (locking) own.locking = locking;
    cursor.advance();
    std::size_t from = begin;
    std::size_t to = cursor.end_of_previous();
    if (comma != std::string_view::npos && comma >= copied) {
      from = comma;
    } else if (cursor.at_mark(',')) {
      cursor.advance();
      to = cursor.end_of_previous();
    }
    own.text.append(statement.substr(copied, from - copied));
    copied = to;
  }
  own.text.append(statement.substr(copied));
  return own;
}

bool take_name(TokenCursor& cursor) {
  if (!cursor.at_name()) return false;
  cursor.advance();
  if (!cursor.take_mark('.')) return true;
  if (!cursor.at_name()) return false;
  cursor.advance();
  return true;
}

}  // namespace

std::string_view sql_word(Algorithm algorithm) {
  return std::ranges::find(algorithms, algorithm, [](const auto& pair) { return pair.first; })
      ->second;
}

std::string_view sql_word(Locking locking) {
  return std::ranges::find(lockings, locking, [](const auto& pair) { return pair.first; })->second;
}

std::optional<AlterStatement> AlterStatement::read(std::string_view statement) {
  AlterStatement alter;
  OwnWishes own = take_own_wishes(statement);
  alter.own_algorithm_ = own.algorithm;
  alter.own_locking_ = own.locking;
  alter.text_ = std::move(own.text);
  TokenCursor cursor(alter.text_, {});
  if (cursor.take("ALTER")) {
    // MariaDB: https://mariadb.com/kb/en/alter-table/
    if (cursor.take("ONLINE")) alter.own_locking_ = Locking::none;
    cursor.take("IGNORE");
    if (!cursor.take("TABLE")) return std::nullopt;
    if (cursor.take("IF") && !cursor.take("EXISTS")) return std::nullopt;
    if (!take_name(cursor)) return std::nullopt;
    if (cursor.take("WAIT")) cursor.advance();
    cursor.take("NOWAIT");
    // A comment may stand behind it.
    alter.offset_ = cursor.at_end() ? cursor.end_of_previous() : cursor.begin();
    const bool partitioning = cursor.at_end() || cursor.at("PARTITION");
    alter.place_ = partitioning ? Place::in_front_of_partitioning : Place::in_front_of_actions;
    return alter;
  }
  if (cursor.take("CREATE")) {
    if (cursor.take("OR")) cursor.take("REPLACE");
    for (const char* word : {"ONLINE", "OFFLINE", "UNIQUE", "FULLTEXT", "SPATIAL"})
      cursor.take(word);
  } else if (!cursor.take("DROP")) {
    return std::nullopt;
  }
  if (!cursor.take("INDEX")) return std::nullopt;
  return alter;
}

std::vector<Rung> AlterStatement::rungs(ServerFamily family) const {
  std::vector<Rung> rungs;
  for (const auto& [algorithm, word] : algorithms) {
    if (algorithm == Algorithm::nocopy && family != ServerFamily::mariadb) continue;
    if (own_algorithm_) {
      const bool only = family == ServerFamily::mysql || *own_algorithm_ == Algorithm::copy;
      if (only ? algorithm != *own_algorithm_ : algorithm > *own_algorithm_) continue;
    }
    if (own_locking_) {
      rungs.push_back({algorithm, own_locking_});
    } else if (algorithm == Algorithm::instant) {
      rungs.push_back({algorithm, std::nullopt});
    } else {
      for (const auto& [locking, locking_word] : lockings) rungs.push_back({algorithm, locking});
    }
  }
  return rungs;
}

std::string AlterStatement::with(const Rung& rung) const {
  const char* between = place_ == Place::at_end ? " " : ", ";
  std::string clause = fmt::format("ALGORITHM={}", sql_word(rung.algorithm));
  if (rung.locking) clause += fmt::format("{}LOCK={}", between, sql_word(*rung.locking));
  switch (place_) {
    case Place::at_end:
      return fmt::format("{}\n{}", text_, clause);
    case Place::in_front_of_partitioning:
      return fmt::format("{} {} {}", text_.substr(0, offset_), clause, text_.substr(offset_));
    case Place::in_front_of_actions:
      break;
  }
  return fmt::format("{} {}, {}", text_.substr(0, offset_), clause, text_.substr(offset_));
}

}  // namespace migrate::core::impact
