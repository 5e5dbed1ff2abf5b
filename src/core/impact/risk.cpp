#include "core/impact/risk.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::core::impact {
namespace {

bool is_large(const TouchedTable& table) {
  return table.rows.value_or(0) >= large_rows || table.bytes.value_or(0) >= large_bytes;
}

bool is_long(const StatementImpact& statement) {
  return statement.expected.time && *statement.expected.time >= long_time;
}

bool is_empty(const TouchedTable& table) {
  return table.is_new || table.rows == std::uint64_t{0};
}

Weight weight_of(lint::Severity severity) {
  switch (severity) {
    case lint::Severity::error:
      return Weight::high;
    case lint::Severity::warning:
      return Weight::medium;
    default:
      return Weight::low;
  }
}

class Weighing {
 public:
  Weighing(const Impact& impact, std::vector<Risk>& risks) : impact_(impact), risks_(risks) {}

  void weigh(std::size_t step, const StatementImpact& statement) {
    const RiskPlace place{step, statement.index};
    switch (statement.handling.kind) {
      case Handling::Kind::asked:
        weigh_way(place, statement);
        break;
      case Handling::Kind::fails:
        risks_.push_back({Weight::high, place,
                          fmt::format("the server refuses it, on an empty copy too: {}",
                                      statement.handling.words),
                          "mend the file"});
        break;
      case Handling::Kind::unknown:
        risks_.push_back({Weight::medium, place,
                          fmt::format("how it runs is unknown: {}", statement.handling.words), ""});
        break;
      case Handling::Kind::not_asked:
        if (const TouchedTable* table = table_of(statement); table != nullptr && is_large(*table)) {
          risks_.push_back(
              {Weight::medium, place,
               fmt::format("how it runs on the large table {} is not known", table->name), ""});
        }
        break;
      case Handling::Kind::rows:
        if (const TouchedTable* table = table_of(statement); table != nullptr && is_large(*table)) {
          risks_.push_back({Weight::low, place,
                            fmt::format("it writes to the large table {}", table->name), ""});
        }
        break;
      case Handling::Kind::new_table:
      case Handling::Kind::definition:
      case Handling::Kind::session:
        break;
    }
  }

  void weigh_traffic() {
    for (const Blocker& blocker : impact_.traffic.blockers) {
      const bool is_told = !blocker.tables.empty();
      const std::string at = is_told ? fmt::format(" on {}", blocker.tables) : "";
      risks_.push_back(
          {is_told ? Weight::high : Weight::medium, std::nullopt,
           fmt::format(
               "connection {} ({}@{}) holds {}{} for {} s: what changes the table waits for it, "
               "and everybody behind that",
               blocker.connection_id, blocker.user, blocker.host, held_by(blocker), at,
               blocker.age_s),
           "wait until it has ended, or have it ended"});
    }
  }

 private:
  void weigh_way(const RiskPlace& place, const StatementImpact& statement) {
    const Way& way = statement.handling.way;
    const TouchedTable* table = table_of(statement);
    if (way.is_harmless() || table == nullptr || is_empty(*table)) return;
    const bool waits = way.locking != Locking::none;
    if (!waits && way.rebuild == Way::Rebuild::no) return;
    const bool large = is_large(*table) || is_long(statement);
    Weight weight = Weight::low;
    if (waits) weight = large ? Weight::high : Weight::medium;
    if (!waits && large) weight = Weight::medium;
    risks_.push_back(
        {weight, place,
         fmt::format("{}table {}: {}; {}{}{}", is_large(*table) ? "the large " : "", table->name,
                     algorithm_words(way), locking_words(way), way.why.empty() ? "" : ": ",
                     way.why),
         waits && large ? "in a maintenance window, or by a tool that copies in small parts" : ""});
  }

  const TouchedTable* table_of(const StatementImpact& statement) const {
    return statement.touches.empty() ? nullptr : impact_.find_table(statement.touches.front().name);
  }

  const Impact& impact_;
  std::vector<Risk>& risks_;
};

std::optional<std::size_t> step_at(const Impact& impact, const std::string& path) {
  const auto found = std::ranges::find(impact.steps, path, &StepImpact::path);
  if (found == impact.steps.end()) return std::nullopt;
  return static_cast<std::size_t>(found - impact.steps.begin());
}

/// Its file may say that this is meant.
Risk no_way_back(std::size_t number, const StepImpact& step,
                 const std::vector<lint::Finding>& findings) {
  Risk risk{Weight::medium, RiskPlace{number, 0}, "there is no way back: no down file",
            "write one, or have a backup that was verified: migrate backup --verify"};
  const auto meant = std::ranges::find_if(findings, [&](const lint::Finding& finding) {
    return finding.rule == "missing-down" && finding.path == step.path && finding.is_allowed();
  });
  if (meant != findings.end()) {
    risk.weight = Weight::low;
    risk.way_out = fmt::format("meant: {}", meant->allowed_because);
  }
  return risk;
}

/// What is told from better knowledge: what the server said of its ways, the step's files.
bool is_known_better(const Impact& impact, std::size_t step, const lint::Finding& finding) {
  if (finding.rule == "missing-down") return true;
  if (finding.rule != "alter-without-algorithm") return false;
  return std::ranges::any_of(impact.steps[step].statements, [&](const StatementImpact& statement) {
    return statement.index == finding.statement && statement.handling.kind == Handling::Kind::asked;
  });
}

}  // namespace

std::vector<Risk> risks_of(const Impact& impact, const std::vector<lint::Finding>& findings) {
  std::vector<Risk> risks;
  Weighing weighing(impact, risks);
  weighing.weigh_traffic();
  for (std::size_t i = 0; i < impact.steps.size(); ++i) {
    for (const StatementImpact& statement : impact.steps[i].statements)
      weighing.weigh(i, statement);
    const StepImpact& step = impact.steps[i];
    if (step.is_versioned && step.down_path.empty())
      risks.push_back(no_way_back(i, step, findings));
  }
  for (const lint::Finding& finding : findings) {
    const auto step = step_at(impact, finding.path);
    if (!step || is_known_better(impact, *step, finding)) continue;
    Risk risk{weight_of(finding.severity), RiskPlace{*step, finding.statement},
              fmt::format("{}: {}", finding.rule, finding.message), finding.advice};
    if (finding.is_allowed()) {
      risk.weight = Weight::low;
      risk.way_out = fmt::format("meant: {}", finding.allowed_because);
    }
    risks.push_back(std::move(risk));
  }
  if (!impact.asked_another.empty()) {
    risks.push_back(
        {Weight::medium, std::nullopt,
         fmt::format("how statements run was asked of {}: {}", impact.asked, impact.asked_another),
         ""});
  }
  std::ranges::stable_sort(risks, {}, &Risk::weight);
  return risks;
}

}  // namespace migrate::core::impact
