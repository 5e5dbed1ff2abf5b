#include "impact_json.h"

#include <string>

#include "impact_words.h"
#include "secrets.h"

namespace migrate::output {
namespace {

using Json = nlohmann::ordered_json;
using core::impact::Handling;
using core::impact::Impact;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

std::string lower(std::string_view word) {
  std::string text(word);
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Json handling_json(const Handling& handling) {
  Json out{{"kind", word(handling.kind)}};
  const bool asked = handling.kind == Handling::Kind::asked;
  out["algorithm"] = asked ? Json(lower(sql_word(handling.way.algorithm))) : Json();
  out["rebuild"] = asked ? Json(word(handling.way.rebuild)) : Json();
  out["lock"] = asked ? Json(lower(sql_word(handling.way.locking))) : Json();
  out["why"] = text_or_null(without_passwords(asked ? handling.way.why : handling.words));
  return out;
}

std::string_view word(core::DifferenceLine::Kind kind) {
  switch (kind) {
    case core::DifferenceLine::Kind::before:
      return "before";
    case core::DifferenceLine::Kind::after:
      return "after";
    case core::DifferenceLine::Kind::both:
      break;
  }
  return "both";
}

}  // namespace

void add_impact(Json& statement, const core::impact::StatementImpact& impact) {
  statement["touches"] = Json::array();
  for (const core::ObjectName& object : impact.touches)
    statement["touches"].push_back(core::impact::words_of(object));
  statement["handling"] = handling_json(impact.handling);
  const auto& time = impact.expected.time;
  statement["expected_us"] = time ? Json(time->count() * 1000) : Json();
  statement["expected_from"] = text_or_null(impact.expected.basis);
  statement["changes"] = Json::array();
  for (const core::impact::ObjectChange& change : impact.changes) {
    Json lines = Json::array();
    for (const core::DifferenceLine& line : change.lines) {
      if (line.kind != core::DifferenceLine::Kind::both)
        lines.push_back({{"of", word(line.kind)}, {"text", line.text}});
    }
    statement["changes"].push_back({{"object", change.object}, {"lines", std::move(lines)}});
  }
}

Json impact_json(const Impact& impact, const std::vector<core::impact::Risk>& risks) {
  Json out{{"asked", text_or_null(impact.asked)},
           {"asked_another", text_or_null(impact.asked_another)},
           {"not_asked", text_or_null(impact.not_asked)}};
  const core::impact::ExpectedTime expected = core::impact::expected_time(impact);
  out["expected_us"] = expected.known.count() * 1000;
  out["expected_unknown"] = expected.unknown;
  out["tables"] = Json::array();
  for (const core::impact::TouchedTable& table : impact.tables) {
    out["tables"].push_back({{"table", table.name},
                             {"new", table.is_new},
                             {"rows", or_null(table.rows)},
                             {"bytes", or_null(table.bytes)},
                             {"triggers", table.triggers}});
  }
  out["foreign_keys"] = Json::array();
  for (const core::impact::ForeignKeyLink& link : impact.links) {
    out["foreign_keys"].push_back({{"name", link.name},
                                   {"table", link.from},
                                   {"columns", link.columns},
                                   {"referenced_table", link.to},
                                   {"referenced_columns", link.referenced_columns},
                                   {"new", link.is_new}});
  }
  out["blockers"] = Json::array();
  for (const core::Blocker& blocker : impact.traffic.blockers) {
    out["blockers"].push_back({{"connection_id", blocker.connection_id},
                               {"user", blocker.user},
                               {"host", blocker.host},
                               {"age_s", blocker.age_s},
                               {"table", text_or_null(blocker.tables)},
                               {"holds", core::held_by(blocker)},
                               {"statement", text_or_null(without_passwords(blocker.statement))}});
  }
  out["unknown"] = impact.traffic.unknown;
  out["replicas"] = or_null(impact.traffic.replicas);
  out["risks"] = Json::array();
  for (const core::impact::Risk& risk : risks) {
    Json shown{{"weight", word(risk.weight)}};
    shown["path"] = risk.place ? Json(impact.steps.at(risk.place->step).path) : Json();
    const bool of_statement = risk.place && risk.place->statement > 0;
    shown["statement"] = of_statement ? Json(risk.place->statement) : Json();
    shown["message"] = without_passwords(risk.words);
    shown["way_out"] = text_or_null(risk.way_out);
    out["risks"].push_back(std::move(shown));
  }
  return out;
}

}  // namespace migrate::output
