#include "audit/target.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "ascii.h"
#include "audit/clusters.h"
#include "audit/declaration.h"
#include "audit/key_limits.h"
#include "audit/rules.h"
#include "core/schema/definition_text.h"

namespace migrate::core::audit {
namespace {

using schema::Column;
using schema::Index;
using schema::Table;
using schema::TableOption;

void set_option(Table& table, const std::string& name, const std::string& value) {
  const auto found = std::ranges::find(table.options, name, &TableOption::name);
  if (found != table.options.end()) {
    found->value = value;
  } else {
    table.options.push_back({name, value});
  }
}

/// By the name of one of a table's parts.
template <class Object>
Object* find(std::vector<Object>& objects, std::string_view name) {
  const auto found = std::ranges::find(objects, name, &Object::name);
  return found == objects.end() ? nullptr : &*found;
}

std::pair<std::string, std::string> split(const std::string& object) {
  const std::size_t dot = object.find('.');
  return {object.substr(0, dot), dot == std::string::npos ? "" : object.substr(dot + 1)};
}

class Builder {
 public:
  Builder(const Facts& facts, const Policy& policy, const Report& report)
      : facts_(facts), policy_(policy), report_(report), canon_(report.canon) {}

  Target build() {
    target_.facts = facts_;
    defaults();
    for_own(engine_not_innodb(), [this](const std::string& object) { engine(object); });
    for_own(row_format(), [this](const std::string& object) { rows(object); });
    columns();
    for_own(duplicate_index(), [this](const std::string& object) { drop_index(object); });
    for_own(foreign_key_without_index(), [this](const std::string& object) { add_index(object); });
    programs();
    for (Table& table : target_.facts.schema.tables) {
      if (has_charset(table)) schema::settle_charsets(table, facts_.default_collations);
      table.definition = schema::create_table_text(table);
    }
    return std::move(target_);
  }

 private:
  template <class Mend>
  void for_each(const Rule& rule, const Mend& mend) const {
    for (const Finding& finding : report_.findings) {
      if (finding.rule == rule.name && !finding.is_allowed()) mend(finding.remark.object);
    }
  }

  /// Without tables that a ddl file declares: changed here they would not be what it says.
  template <class Mend>
  void for_own(const Rule& rule, const Mend& mend) {
    for_each(rule, [&](const std::string& object) {
      if (const Declaration* declaration = declaration_of(facts_, object)) {
        obstacle(rule, object, declared(*declaration));
      } else {
        mend(object);
      }
    });
  }

  static std::string declared(const Declaration& declaration) {
    return fmt::format("{} declares the table: change it there", declaration.path);
  }

  void obstacle(const Rule& rule, const std::string& object, std::string why) {
    target_.obstacles.emplace(std::pair(std::string(rule.name), object), std::move(why));
  }

  Table* table(const std::string& name) { return find(target_.facts.schema.tables, name); }

  static bool has_charset(const Table& table) { return !table.charset.empty(); }

  void defaults() {
    for_each(schema_collation(), [this](const std::string&) {
      target_.facts.schema.charset = canon_.charset;
      target_.facts.schema.collation = canon_.collation;
    });
    for_each(table_collation(), [this](const std::string& object) {
      Table* one = table(object);
      set_option(*one, "DEFAULT CHARSET", canon_.charset);
      one->charset = canon_.charset;
      one->collation = canon_.collation;
    });
  }

  void engine(const std::string& object) {
    Table& one = *table(object);
    if (to_upper(one.engine) != "MYISAM") {
      return obstacle(
          engine_not_innodb(), object,
          fmt::format("{} may have been chosen for what it does otherwise", one.engine));
    }
    for (const Column& column : one.columns) {
      const bool leads = std::ranges::any_of(one.indexes, [&column](const Index& index) {
        return !index.parts.empty() && index.parts.front().column == column.name;
      });
      if (column.auto_increment && !leads) {
        return obstacle(engine_not_innodb(), object,
                        fmt::format("no index begins with the AUTO_INCREMENT column {}, which "
                                    "InnoDB needs",
                                    column.name));
      }
    }
    one.engine = "InnoDB";
    set_option(one, "ENGINE", "InnoDB");
    if (!one.row_format.empty()) set_row_format(one);
    target_.facts.row_formats[object] = canon_.row_format;
  }

  void set_row_format(Table& one) {
    one.row_format = canon_.row_format;
    set_option(one, "ROW_FORMAT", canon_.row_format);
    target_.facts.row_formats[one.name] = canon_.row_format;
  }

  void rows(const std::string& object) {
    if (to_upper(facts_.row_formats.at(object)) == "COMPRESSED") {
      return obstacle(row_format(), object,
                      "the table would take more space; COMPRESSED was chosen by somebody");
    }
    set_row_format(*table(object));
  }

  /// What is too long as it was wanted is left as it is, with its cluster, and tried again.
  void columns() {
    std::vector<Cluster> wanted = clusters(facts_, policy_, canon_);
    std::erase_if(wanted, [this](const Cluster& cluster) {
      return refuse_zerofill(cluster) || refuse_declared(cluster) || refuse_far_parent(cluster);
    });
    const std::vector<Table> before = target_.facts.schema.tables;
    for (;;) {
      target_.facts.schema.tables = before;
      for (const Cluster& cluster : wanted) {
        for (const Wanted& one : cluster) apply(one);
      }
      if (!leave_what_is_too_long(wanted)) return;
    }
  }

  bool refuse_zerofill(const Cluster& cluster) {
    const auto filled = std::ranges::find_if(cluster, [](const Wanted& one) {
      return one.changes() && one.type.family == IdType::Family::integer &&
             to_upper(one.place.column->type).find("ZEROFILL") != std::string::npos;
    });
    if (filled == cluster.end()) return false;
    leave(cluster, fmt::format("{} is ZEROFILL, which programs may show",
                               column_name(*filled->place.table, *filled->place.column)));
    return true;
  }

  bool refuse_declared(const Cluster& cluster) {
    const auto declared_one = std::ranges::find_if(cluster, [this](const Wanted& one) {
      return is_resized(one) && declaration_of(facts_, one.place.table->name) != nullptr;
    });
    if (declared_one == cluster.end()) return false;
    leave(cluster, declared(*declaration_of(facts_, declared_one->place.table->name)));
    return true;
  }

  bool refuse_far_parent(const Cluster& cluster) {
    for (const Wanted& one : cluster) {
      if (!one.changes()) continue;
      for (const schema::ForeignKey& key : one.place.table->foreign_keys) {
        const bool has =
            std::ranges::find(key.columns, one.place.column->name) != key.columns.end();
        if (!has || key.referenced_schema.empty()) continue;
        leave(
            cluster,
            fmt::format("foreign key {} of {} refers to {}.{}, which is not changed here", key.name,
                        one.place.table->name, key.referenced_schema, key.referenced_table));
        return true;
      }
    }
    return false;
  }

  static bool is_resized(const Wanted& wanted) {
    const IdType own = id_type_of(*wanted.place.column);
    return wanted.type.family != IdType::Family::other &&
           std::tie(own.size, own.word, own.is_unsigned) !=
               std::tie(wanted.type.size, wanted.type.word, wanted.type.is_unsigned);
  }

  void apply(const Wanted& wanted) {
    if (!wanted.changes()) return;
    Column& column = *find(table(wanted.place.table->name)->columns, wanted.place.column->name);
    if (is_resized(wanted)) {
      const std::string type = type_text(wanted.type);
      column.definition = type + column.definition.substr(column.type.size());
      column.type = type;
      column.data_type = wanted.type.word;
      column.is_unsigned = wanted.type.is_unsigned;
    }
    column.charset = wanted.type.charset;
    column.collation = wanted.type.collation;
  }

  void leave(const Cluster& cluster, const std::string& why) {
    for (const Wanted& one : cluster) {
      const std::string object = column_name(*one.place.table, *one.place.column);
      for (const Rule& rule :
           {column_collation(), reference_type(), id_type(), auto_increment_end()})
        obstacle(rule, object, why);
    }
  }

  bool leave_what_is_too_long(std::vector<Cluster>& wanted) {
    for (const Table& one : target_.facts.schema.tables) {
      const auto format = target_.facts.row_formats.find(one.name);
      const TooLong found =
          too_long(one, format == target_.facts.row_formats.end() ? "" : format->second);
      if (found.why.empty()) continue;
      const std::size_t left = std::erase_if(wanted, [&](const Cluster& cluster) {
        const bool at = std::ranges::any_of(cluster, [&](const Wanted& column) {
          return column.changes() && column.place.table->name == one.name &&
                 (found.index == nullptr || is_part(*found.index, column.place.column->name));
        });
        if (at) leave(cluster, fmt::format("{}: {}", one.name, found.why));
        return at;
      });
      if (left > 0) return true;
    }
    return false;
  }

  static bool is_part(const Index& index, const std::string& column) {
    return std::ranges::find(index.parts, column, &schema::IndexPart::column) != index.parts.end();
  }

  void drop_index(const std::string& object) {
    const auto [name, index] = split(object);
    std::erase_if(table(name)->indexes,
                  [&index = index](const Index& one) { return one.name == index; });
  }

  void add_index(const std::string& object) {
    const auto [name, column] = split(object);
    Table& one = *table(name);
    std::vector<std::string> columns{column};
    for (const schema::ForeignKey& key : one.foreign_keys) {
      if (key.columns.front() == column) columns = key.columns;
    }
    Index index{.name = column};
    while (find(one.indexes, index.name) != nullptr) index.name += "_key";
    std::string list;
    for (const std::string& part : columns) {
      list += (list.empty() ? "" : ",") + schema::quoted_name(part);
      index.parts.push_back({.column = part});
    }
    index.definition = fmt::format("KEY {} ({})", schema::quoted_name(index.name), list);
    one.indexes.push_back(std::move(index));
    std::ranges::sort(one.indexes, {}, [](const Index& each) {
      return std::tuple(!each.primary, !each.unique, std::string_view(each.name));
    });
  }

  void programs() {
    schema::Schema& schema = target_.facts.schema;
    for (schema::View& view : schema.views) make_anew(view.name, view.creation);
    for (schema::Routine& routine : schema.routines) {
      if (routine.kind == schema::RoutineKind::procedure ||
          routine.kind == schema::RoutineKind::function) {
        make_anew(routine.name, routine.creation);
      } else {
        obstacle(program_collation(), routine.name, "a package is made anew with its body");
      }
    }
    for (schema::Trigger& trigger : schema.triggers) {
      const auto beside = std::ranges::count_if(schema.triggers, [&](const auto& other) {
        return std::tie(other.table, other.timing, other.event) ==
               std::tie(trigger.table, trigger.timing, trigger.event);
      });
      if (beside == 1) {
        make_anew(trigger.name, trigger.creation);
      } else {
        obstacle(program_collation(), trigger.name,
                 "made anew it would run behind the others of its table");
      }
    }
    for (const schema::Event& event : schema.events)
      obstacle(program_collation(), event.name, "made anew an event begins to count anew");
  }

  void make_anew(const std::string& name, schema::Creation& creation) {
    const bool asked = std::ranges::any_of(report_.findings, [&name](const Finding& finding) {
      return finding.rule == program_collation().name && finding.remark.object == name &&
             !finding.is_allowed();
    });
    if (!asked) return;
    const bool of_schema = !creation.database_collation.empty();
    if (of_schema && target_.facts.schema.collation != canon_.collation) {
      return obstacle(program_collation(), name, "the schema's own default stays as it is");
    }
    creation.collation = canon_.collation;
    if (of_schema) creation.database_collation = canon_.collation;
  }

  const Facts& facts_;
  const Policy& policy_;
  const Report& report_;
  const Canon& canon_;
  Target target_;
};

}  // namespace

Target target_of(const Facts& facts, const Policy& policy, const Report& report) {
  return Builder(facts, policy, report).build();
}

}  // namespace migrate::core::audit
