#include "support/sql_subset.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace migrate::testing::sql {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '@';
}

/// The quoted text at `at`, which moves behind it; as a token it keeps the quote in front.
std::string quoted(std::string_view text, std::size_t& at) {
  std::string token;
  do {
    const std::size_t end = std::min(text.find('\'', at + 1), text.size());
    token += text.substr(at, end - at);
    at = std::min(end + 1, text.size());
  } while (at < text.size() && text[at] == '\'');
  return token;
}

std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      ++at;
      continue;
    }
    if (text[at] == '\'') {
      tokens.push_back(quoted(text, at));
      continue;
    }
    do {
      ++at;
    } while (is_word(text[start]) && at < text.size() && is_word(text[at]));
    tokens.emplace_back(text.substr(start, at - start));
  }
  return tokens;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// Thrown where a rule does not fit the text; parse() turns it into a SyntaxError.
struct Mismatch {};

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

  Command statement() {
    if (take("CREATE")) return create();
    if (take("ALTER")) return alter();
    if (take("DROP")) return drop();
    if (take("RENAME")) return rename();
    if (take("TRUNCATE")) {
      expect("TABLE");
      return finished(Truncate{name()});
    }
    if (take("INSERT")) return insert();
    if (take("UPDATE")) return update();
    if (take("DELETE")) return remove();
    if (take("SELECT")) return select();
    if (take("SET")) return set();
    if (take("PREPARE")) return prepare();
    if (take("EXECUTE")) return finished(Execute{name()});
    if (take("DEALLOCATE")) {
      expect("PREPARE");
      return finished(Deallocate{name()});
    }
    if (take("USE")) return finished(Use{name()});
    if (take("BEGIN")) return finished(Begin{});
    if (take("START")) {
      expect("TRANSACTION");
      return finished(Begin{});
    }
    if (take("COMMIT")) return finished(Commit{});
    if (take("ROLLBACK")) return finished(Rollback{});
    if (take("LOCK")) return lock();
    if (take("UNLOCK")) {
      expect("TABLES");
      return finished(UnlockTables{});
    }
    if (take("FLUSH")) {
      for (const char* word : {"TABLES", "WITH", "READ", "LOCK"}) expect(word);
      return finished(FreezeServer{});
    }
    if (take("CALL")) return call();
    throw Mismatch();
  }

 private:
  bool at_end() const { return at_ == tokens_.size(); }
  bool take(std::string_view token) {
    if (at_end() || upper(tokens_[at_]) != token) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view token) {
    if (!take(token)) throw Mismatch();
  }
  std::string name() {
    if (at_end() || !is_word(tokens_[at_].front())) throw Mismatch();
    return tokens_[at_++];
  }
  bool at_quote() const { return !at_end() && tokens_[at_].front() == '\''; }
  std::string text() { return tokens_[at_++].substr(1); }
  std::int64_t number() {
    const bool negative = take("-");
    const std::string digits = name();
    char* end = nullptr;
    const std::int64_t value = std::strtoll(digits.c_str(), &end, 10);
    if (*end != '\0') throw Mismatch();
    return negative ? -value : value;
  }
  Value value() {
    if (!at_end() && tokens_[at_].front() == '@') return name().substr(1);
    return number();
  }
  Command finished(Command command) const {
    if (!at_end()) throw Mismatch();
    return command;
  }

  Command create() {
    CreateTable command;
    command.or_replace = take("OR");
    if (command.or_replace) expect("REPLACE");
    command.temporary = take("TEMPORARY");
    expect("TABLE");
    if (take("IF")) {
      expect("NOT");
      expect("EXISTS");
      command.if_not_exists = true;
    }
    command.table = name();
    expect("(");
    do {
      command.columns.push_back(name());
      expect("INT");
    } while (take(","));
    expect(")");
    return finished(std::move(command));
  }

  Command alter() {
    expect("TABLE");
    AddColumn command{.table = name()};
    expect("ADD");
    expect("COLUMN");
    command.column = name();
    expect("INT");
    return finished(std::move(command));
  }

  Command drop() {
    DropTable command;
    expect("TABLE");
    if (take("IF")) {
      expect("EXISTS");
      command.if_exists = true;
    }
    do {
      command.tables.push_back(name());
    } while (take(","));
    return finished(std::move(command));
  }

  Command rename() {
    expect("TABLE");
    RenameTable command;
    do {
      std::string from = name();
      expect("TO");
      command.names.emplace_back(std::move(from), name());
    } while (take(","));
    return finished(std::move(command));
  }

  Command insert() {
    expect("INTO");
    Insert command{.table = name()};
    expect("VALUES");
    do {
      std::vector<Value> row;
      expect("(");
      do {
        row.push_back(value());
      } while (take(","));
      expect(")");
      command.rows.push_back(std::move(row));
    } while (take(","));
    return finished(std::move(command));
  }

  Command update() {
    Update command{.table = name()};
    expect("SET");
    command.column = name();
    expect("=");
    expect(upper(command.column));
    expect("+");
    command.added = number();
    return finished(std::move(command));
  }

  Command remove() {
    expect("FROM");
    return finished(Delete{name()});
  }

  void count() {
    for (const char* token : {"COUNT", "(", "*", ")"}) expect(token);
  }

  std::string variable() {
    const std::string variable = name();
    if (variable.front() != '@') throw Mismatch();
    return variable.substr(1);
  }

  Command select() {
    if (at_end()) throw Mismatch();
    const std::size_t begin = at_;
    try {
      count();
      expect("INTO");
      SelectInto command{.variable = variable()};
      expect("FROM");
      command.counted = name();
      return finished(std::move(command));
    } catch (const Mismatch&) {
      at_ = begin;
    }
    Select command;
    while (!at_end()) {
      if (take("SLEEP")) {
        command.sleeps = true;
      } else if (take("FROM") && !command.table) {
        command.table = name();
      } else {
        ++at_;
      }
    }
    return command;
  }

  Command set() {
    if (take("SESSION")) {
      name();
      expect("=");
      value();
      return finished(SetSession{});
    }
    if (take("AUTOCOMMIT")) {
      expect("=");
      return finished(SetAutocommit{number() != 0});
    }
    SetVariable command{.name = variable()};
    expect("=");
    if (take("(")) {
      expect("SELECT");
      count();
      expect("FROM");
      command.counted = name();
      expect(")");
    } else {
      command.value = at_quote() ? text() : std::to_string(number());
    }
    return finished(std::move(command));
  }

  Command prepare() {
    Prepare command{.name = name()};
    expect("FROM");
    command.from_variable = !at_quote();
    command.source = command.from_variable ? name() : text();
    if (!command.from_variable) return finished(std::move(command));
    if (command.source.front() != '@') throw Mismatch();
    command.source.erase(0, 1);
    return finished(std::move(command));
  }

  Command lock() {
    expect("TABLES");
    LockTables command;
    do {
      std::string table = name();
      const bool reads = take("READ");
      if (!reads) expect("WRITE");
      command.tables.emplace_back(std::move(table),
                                  reads ? LockTables::Kind::read : LockTables::Kind::write);
    } while (take(","));
    return finished(std::move(command));
  }

  Command call() {
    Call command{name()};
    expect("(");
    expect(")");
    return finished(std::move(command));
  }

  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Command parse(std::string_view text) {
  try {
    return Parser(text).statement();
  } catch (const Mismatch&) {
    return SyntaxError{};
  }
}

}  // namespace migrate::testing::sql
