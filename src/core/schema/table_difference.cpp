#include "table_difference.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/schema/definition_text.h"
#include "longest_run.h"

namespace migrate::core::schema {
namespace {

using Phase = Repair::Phase;

template <class Object>
const Object* find(const std::vector<Object>& objects, const std::string& name) {
  const auto found = std::ranges::find(objects, name, &Object::name);
  return found == objects.end() ? nullptr : &*found;
}

std::string or_none(const std::string& text) {
  return text.empty() ? "none" : text;
}

/// What a table gets that does not name the option
/// (https://dev.mysql.com/doc/refman/9.7/en/alter-table.html); empty: it cannot be taken away.
std::string without_option(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> defaults{
      {{"COMMENT", "COMMENT=''"},
       {"ROW_FORMAT", "ROW_FORMAT=DEFAULT"},
       {"KEY_BLOCK_SIZE", "KEY_BLOCK_SIZE=0"},
       {"STATS_PERSISTENT", "STATS_PERSISTENT=DEFAULT"},
       {"STATS_AUTO_RECALC", "STATS_AUTO_RECALC=DEFAULT"},
       {"STATS_SAMPLE_PAGES", "STATS_SAMPLE_PAGES=DEFAULT"},
       {"CHECKSUM", "CHECKSUM=0"},
       {"PAGE_CHECKSUM", "PAGE_CHECKSUM=0"},
       {"DELAY_KEY_WRITE", "DELAY_KEY_WRITE=0"},
       {"MAX_ROWS", "MAX_ROWS=0"},
       {"MIN_ROWS", "MIN_ROWS=0"},
       {"AVG_ROW_LENGTH", "AVG_ROW_LENGTH=0"},
       {"PACK_KEYS", "PACK_KEYS=DEFAULT"},
       {"TRANSACTIONAL", "TRANSACTIONAL=DEFAULT"},
       {"COMPRESSION", "COMPRESSION=''"},
       {"ENCRYPTION", "ENCRYPTION='N'"},
       {"CONNECTION", "CONNECTION=''"},
       {"AUTOEXTEND_SIZE", "AUTOEXTEND_SIZE=0"},
       {"INSERT_METHOD", "INSERT_METHOD=NO"},
       {"SECONDARY_ENGINE", "SECONDARY_ENGINE=NULL"},
       {"WITH SYSTEM VERSIONING", "DROP SYSTEM VERSIONING"},
       {"UNION", "UNION=()"}}};
  const auto* const found =
      std::ranges::find(defaults, name, [](const auto& option) { return option.first; });
  if (found != defaults.end()) return std::string(found->second);
  return name.front() == '`' ? name + "=DEFAULT" : std::string();
}

/// Of columns that both have, as few as possible.
std::set<std::string> columns_to_move(const Table& expected, const Table& found) {
  std::vector<const Column*> common;
  std::vector<std::size_t> places;
  for (const Column& column : expected.columns) {
    const Column* const there = found.find_column(column.name);
    if (there == nullptr) continue;
    common.push_back(&column);
    places.push_back(there->position);
  }
  const std::vector<bool> stays = in_longest_run(places);
  std::set<std::string> moved;
  for (std::size_t i = 0; i < common.size(); ++i) {
    if (!stays[i]) moved.insert(common[i]->name);
  }
  return moved;
}

class Comparison {
 public:
  Comparison(const Table& expected, const Table& found, const Schema& expected_schema,
             const Schema& found_schema)
      : expected_(expected),
        found_(found),
        expected_schema_(expected_schema),
        found_schema_(found_schema),
        same_default_(expected.charset == found.charset && expected.collation == found.collation) {}

  Difference compare() {
    difference_.object = {.kind = ObjectKind::table, .name = expected_.name};
    checks();
    indexes();
    columns();
    options();
    periods();
    foreign_keys();
    if (!clauses_.empty()) alter(fmt::format("{}", fmt::join(clauses_, ",\n  ")));
    partitioning();
    if (difference_.words.empty()) say("is defined in another way");
    return std::move(difference_);
  }

 private:
  template <class... Args>
  void say(fmt::format_string<Args...> words, Args&&... args) {
    difference_.words.push_back(fmt::format(words, std::forward<Args>(args)...));
  }

  void clause(std::string text) { clauses_.push_back(std::move(text)); }

  /// MariaDB asks whether the history of the rows may be altered too.
  void alter(const std::string& what) {
    const std::string_view history =
        found_.system_versioned ? "SET STATEMENT system_versioning_alter_history = 'KEEP' FOR "
                                : "";
    difference_.repairs.push_back(
        {Phase::alter_tables,
         fmt::format("{}ALTER TABLE {}\n  {}", history, quoted_name(expected_.name), what)});
  }

  void checks() {
    for (const Check& check : found_.checks) {
      const Check* const same = find(expected_.checks, check.name);
      if (same != nullptr && same->definition == check.definition) continue;
      clause("DROP CONSTRAINT " + quoted_name(check.name));
      if (same != nullptr) {
        say("check {} is {}, expected {}", check.name, check.definition, same->definition);
      } else {
        say("check {} is not expected: {}", check.name, check.definition);
      }
    }
    for (const Check& check : expected_.checks) {
      const Check* const same = find(found_.checks, check.name);
      if (same == nullptr) say("check {} is missing: {}", check.name, check.definition);
      if (same == nullptr || same->definition != check.definition)
        additions_.push_back("ADD " + check.definition);
    }
  }

  void indexes() {
    for (const Index& index : found_.indexes) {
      const Index* const same = find(expected_.indexes, index.name);
      if (same != nullptr && same->definition == index.definition) continue;
      if (same != nullptr && only_visibility_differs(*same, index)) {
        say("index {} is {}, expected {}", index.name, index.definition, same->definition);
        clause(fmt::format("ALTER INDEX {} {}", quoted_name(index.name), visibility(*same)));
        continue;
      }
      clause(index.primary ? "DROP PRIMARY KEY" : "DROP INDEX " + quoted_name(index.name));
      if (!index.parts.empty()) indexed_.insert(index.parts.front().column);
      if (same != nullptr) {
        say("index {} is {}, expected {}", index.name, index.definition, same->definition);
      } else {
        say("index {} is not expected: {}", index.name, index.definition);
      }
    }
    for (const Index& index : expected_.indexes) {
      const Index* const same = find(found_.indexes, index.name);
      if (same == nullptr) say("index {} is missing: {}", index.name, index.definition);
      const bool altered = same != nullptr && (same->definition == index.definition ||
                                               only_visibility_differs(index, *same));
      if (!altered) additions_.push_back("ADD " + index.definition);
    }
  }

  /// Both servers leave an index that one ALTER drops and adds as visible as it was.
  bool only_visibility_differs(const Index& expected, const Index& found) const {
    return expected.visible != found.visible &&
           without_visibility(expected) == without_visibility(found);
  }

  std::string without_visibility(const Index& index) const {
    if (index.visible) return index.definition;
    const std::string_view words = mariadb() ? " IGNORED" : " /*!80000 INVISIBLE */";
    const std::size_t at = index.definition.rfind(words);
    if (at == std::string::npos) return index.definition;
    return index.definition.substr(0, at) + index.definition.substr(at + words.size());
  }

  std::string_view visibility(const Index& index) const {
    if (mariadb()) return index.visible ? "NOT IGNORED" : "IGNORED";
    return index.visible ? "VISIBLE" : "INVISIBLE";
  }

  bool mariadb() const { return expected_schema_.family == ServerFamily::mariadb; }

  std::string definition(const Column& column) const {
    return same_default_ ? column.definition : explicit_definition(column);
  }

  void columns() {
    for (const Column& column : found_.columns) {
      if (expected_.find_column(column.name) != nullptr) continue;
      say("column {} is not expected: {}", column.name, column.definition);
      clause("DROP COLUMN " + quoted_name(column.name));
      in_the_way_.insert(column.name);
    }
    const std::set<std::string> moved = columns_to_move(expected_, found_);
    std::string place = "FIRST";
    std::string previous;
    for (const Column& column : expected_.columns) {
      const std::string text = quoted_name(column.name) + " " + definition(column);
      const Column* const there = found_.find_column(column.name);
      if (there == nullptr) {
        say("column {} is missing: {}", column.name, column.definition);
        clause(fmt::format("ADD COLUMN {} {}", text, place));
      } else {
        const bool other = definition(column) != definition(*there);
        if (other) say_column(column, *there);
        const bool moves = moved.contains(column.name);
        if (moves) {
          say("column {} stands at another place, expected {}", column.name,
              previous.empty() ? "first" : "behind " + previous);
        }
        if (other && made_anew(column, *there)) {
          clause("DROP COLUMN " + quoted_name(column.name));
          clause(fmt::format("ADD COLUMN {} {}", text, place));
          in_the_way_.insert(column.name);
        } else if (moves) {
          clause(fmt::format("MODIFY COLUMN {} {}", text, place));
        } else if (other) {
          clause("MODIFY COLUMN " + text);
        }
      }
      place = "AFTER " + quoted_name(column.name);
      previous = column.name;
    }
    clauses_.insert(clauses_.end(), additions_.begin(), additions_.end());
  }

  /// https://dev.mysql.com/doc/refman/9.7/en/alter-table-generated-columns.html
  static bool made_anew(const Column& expected, const Column& found) {
    const auto on_read = [](const Column& column) {
      return column.generated == Generated::on_read;
    };
    return on_read(expected) != on_read(found);
  }

  void say_column(const Column& expected, const Column& found) {
    const std::size_t before = difference_.words.size();
    const std::string& name = expected.name;
    const auto differ = [&](std::string_view what, const std::string& is, const std::string& as) {
      if (is != as) say("column {}{} {}, expected {}", name, what, or_none(is), or_none(as));
    };
    differ(" is", found.type, expected.type);
    differ(" has character set", found.charset, expected.charset);
    differ(" has collation", found.collation, expected.collation);
    differ(" is", found.nullable ? "NULL" : "NOT NULL", expected.nullable ? "NULL" : "NOT NULL");
    differ(" has default", found.default_value.value_or(""), expected.default_value.value_or(""));
    differ(" has on update", found.on_update, expected.on_update);
    differ(" is", found.auto_increment ? "AUTO_INCREMENT" : "without AUTO_INCREMENT",
           expected.auto_increment ? "AUTO_INCREMENT" : "without AUTO_INCREMENT");
    differ(" is generated", generated_words(found), generated_words(expected));
    differ(" is", found.invisible ? "INVISIBLE" : "visible",
           expected.invisible ? "INVISIBLE" : "visible");
    differ(" has check", found.check, expected.check);
    if (found.comment != expected.comment)
      say("column {} has comment '{}', expected '{}'", name, found.comment, expected.comment);
    if (difference_.words.size() == before)
      say("column {} is {}, expected {}", name, found.definition, expected.definition);
    if (found.type != expected.type || found.collation != expected.collation ||
        found.nullable != expected.nullable) {
      in_the_way_.insert(name);
    }
  }

  static std::string generated_words(const Column& column) {
    switch (column.generated) {
      case Generated::no:
        return "";
      case Generated::on_read:
        return "VIRTUAL as " + column.expression;
      case Generated::stored:
        return "STORED as " + column.expression;
      case Generated::row_start:
        return "as ROW START";
      case Generated::row_end:
        break;
    }
    return "as ROW END";
  }

  void options() {
    if (!same_default_) {
      say("default character set is {} ({}), expected {} ({})", found_.charset, found_.collation,
          expected_.charset, expected_.collation);
      clause(fmt::format("DEFAULT CHARACTER SET {} COLLATE {}", expected_.charset,
                         expected_.collation));
    }
    for (const TableOption& option : found_.options) {
      if (is_charset(option) || find(expected_.options, option.name) != nullptr) continue;
      say("{} is not expected", words_of(option));
      const std::string without = without_option(option.name);
      if (!without.empty()) {
        clause(without);
      } else {
        say("no ALTER can take {} away", option.name);
      }
    }
    for (const TableOption& option : expected_.options) {
      const TableOption* const there = find(found_.options, option.name);
      if (is_charset(option) || (there != nullptr && *there == option)) continue;
      if (there == nullptr) {
        say("{} is missing", words_of(option));
      } else {
        say("{} is {}, expected {}", option.name, there->value, option.value);
      }
      const bool versioning = option.name == "WITH SYSTEM VERSIONING";
      clause(versioning ? "ADD SYSTEM VERSIONING" : words_of(option));
    }
  }

  static bool is_charset(const TableOption& option) {
    return option.name == "DEFAULT CHARSET" || option.name == "COLLATE";
  }

  static std::string words_of(const TableOption& option) {
    return option.value.empty() ? option.name : option.name + "=" + option.value;
  }

  void periods() {
    if (found_.periods == expected_.periods) return;
    say("periods are {}, expected {}", or_none(fmt::format("{}", fmt::join(found_.periods, ", "))),
        or_none(fmt::format("{}", fmt::join(expected_.periods, ", "))));
    for (const std::string& period : expected_.periods) {
      if (std::ranges::find(found_.periods, period) == found_.periods.end())
        clause("ADD " + period);
    }
  }

  void foreign_keys() {
    std::vector<const ForeignKey*> added;
    for (const ForeignKey& key : found_.foreign_keys) {
      const ForeignKey* const same = find(expected_.foreign_keys, key.name);
      if (same != nullptr && same->definition == key.definition) continue;
      difference_.repairs.push_back(drop_foreign_key(found_.name, key.name));
      if (same != nullptr) {
        say("foreign key {} is {}, expected {}", key.name, key.definition, same->definition);
      } else {
        say("foreign key {} is not expected: {}", key.name, key.definition);
      }
    }
    for (const ForeignKey& key : expected_.foreign_keys) {
      const ForeignKey* const same = find(found_.foreign_keys, key.name);
      if (same == nullptr) say("foreign key {} is missing: {}", key.name, key.definition);
      if (same == nullptr || same->definition != key.definition) added.push_back(&key);
    }
    if (!added.empty()) add(expected_, added);
    keys_in_the_way();
  }

  void add(const Table& table, const std::vector<const ForeignKey*>& keys) {
    difference_.repairs.push_back({Phase::add_foreign_keys, add_foreign_keys(table, keys)});
  }

  /// Foreign keys, of any table, whose columns or index are altered here.
  void keys_in_the_way() {
    const auto meets = [](const std::vector<std::string>& columns, const auto& touched) {
      return std::ranges::any_of(
          columns, [&touched](const std::string& column) { return touched.contains(column); });
    };
    for (const Table& table : found_schema_.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        const bool from = table.name == found_.name;
        const bool to = key.referenced_schema.empty() && key.referenced_table == found_.name;
        const bool met =
            (from && (meets(key.columns, in_the_way_) || indexed_.contains(key.columns.front()))) ||
            (to && (meets(key.referenced_columns, in_the_way_) ||
                    indexed_.contains(key.referenced_columns.front())));
        if (!met) continue;
        difference_.repairs.push_back(drop_foreign_key(table.name, key.name));
        const Table* const there = expected_schema_.find_table(table.name);
        const ForeignKey* const same =
            there == nullptr ? nullptr : find(there->foreign_keys, key.name);
        if (same != nullptr && same->definition == key.definition) add(table, {same});
      }
    }
  }

  void partitioning() {
    if (found_.partitioning == expected_.partitioning) return;
    say("partitioning is {}, expected {}", or_none(found_.partitioning),
        or_none(expected_.partitioning));
    alter(expected_.partitioning.empty() ? "REMOVE PARTITIONING" : expected_.partitioning);
  }

  const Table& expected_;
  const Table& found_;
  const Schema& expected_schema_;
  const Schema& found_schema_;
  const bool same_default_;
  Difference difference_;
  std::vector<std::string> clauses_;
  std::vector<std::string> additions_;  ///< of indexes and checks: behind the columns
  std::set<std::string> in_the_way_;    ///< columns that no foreign key may use meanwhile
  std::set<std::string> indexed_;       ///< first columns of indexes that go
};

}  // namespace

Difference table_difference(const Table& expected, const Table& found,
                            const Schema& expected_schema, const Schema& found_schema) {
  return Comparison(expected, found, expected_schema, found_schema).compare();
}

std::string add_foreign_keys(const Table& table, const std::vector<const ForeignKey*>& keys) {
  std::vector<std::string> clauses;
  clauses.reserve(keys.size());
  for (const ForeignKey* key : keys) clauses.push_back("ADD " + key->definition);
  return fmt::format("ALTER TABLE {}\n  {}", quoted_name(table.name), fmt::join(clauses, ",\n  "));
}

std::string create_table_without(const Table& table, const std::vector<const ForeignKey*>& keys) {
  Table without = table;
  std::erase_if(without.foreign_keys, [&keys](const ForeignKey& key) {
    return std::ranges::any_of(keys,
                               [&key](const ForeignKey* one) { return one->name == key.name; });
  });
  return create_table_text(without);
}

Repair drop_foreign_key(const std::string& table, const std::string& key) {
  return {Phase::drop_foreign_keys, fmt::format("ALTER TABLE {}\n  DROP FOREIGN KEY {}",
                                                quoted_name(table), quoted_name(key))};
}

}  // namespace migrate::core::schema
