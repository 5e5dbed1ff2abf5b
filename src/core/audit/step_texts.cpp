#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/audit/alignment.h"
#include "core/lint/linter.h"
#include "core/step.h"
#include "schema/script_piece.h"

namespace migrate::core::audit {
namespace {

/// What is read in a file, and holds names and words of a server, keeps to its line.
std::string comment(const std::string& text) {
  std::string line = text;
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line.empty() ? "--\n" : "-- " + line + "\n";
}

/// What a file says of itself, and its statements.
struct Script {
  std::string head;
  std::string body;
};

/// By file: what lint finds in it that would have to be mended or allowed.
std::map<std::string, std::set<std::string>> lint_rules(const Script& up, const Script& down) {
  const Step step{{StepKind::versioned, "1"}, "align", {.path = "up"}, ScriptFile{.path = "down"}};
  lint::Linter linter({}, [&](const ScriptFile& file, const auto& take) {
    take(file.path == "up" ? up.body : down.body);
  });
  linter.look_at(step, lint::Linter::Telling::everything);
  std::map<std::string, std::set<std::string>> rules;
  for (const lint::Finding& finding : linter.take_report().findings) {
    if (finding.severity > Severity::notice) rules[finding.path].insert(finding.rule);
  }
  return rules;
}

std::string text_of(const Script& script, const std::set<std::string>& allowed) {
  std::string text = script.head + "-- migrate: stepwise\n";
  for (const std::string& rule : allowed)
    text += fmt::format("-- migrate: allow={} reason=\"what the audit is for\"\n", rule);
  return text + script.body;
}

std::string losses_of(const Move& move, const std::vector<Loss>& losses) {
  std::string text;
  for (const Loss& loss : losses) {
    if (move.table.empty() || loss.probe.table != move.table) continue;
    text += comment(fmt::format("WARNING: {}.{}: {} {}; they are found by:", loss.probe.table,
                                loss.probe.columns, loss.count, loss.probe.what));
    text += comment("  " + loss.probe.sql);
  }
  return text;
}

Script up_script(const Alignment& alignment, const Report& report,
                 const std::vector<Loss>& losses) {
  Script script;
  script.head = comment(fmt::format(
      "Aligns the schema with its canon: {}, {}, rows {}. Written by migrate audit --fix-into.",
      report.canon.charset, report.canon.collation, report.canon.row_format));
  script.head += comment(fmt::format("It mends {} findings; {} stay, listed at the end.",
                                     alignment.mended.size(), alignment.left.size()));
  script.head +=
      comment("Foreign keys that are in the way go first and come back last, under their names.");
  for (const Move& move : alignment.moves) {
    script.body += '\n';
    for (const std::string& words : move.words) script.body += comment(words);
    script.body += losses_of(move, losses) + schema::script_piece(move.up);
  }
  if (!alignment.left.empty()) script.body += "\n" + comment("Not mended, since no statement can:");
  for (const Left& left : alignment.left)
    script.body += comment(
        fmt::format("  {}: {}: {}", left.finding.rule, left.finding.remark.message, left.why));
  return script;
}

Script down_script(const Alignment& alignment) {
  Script script;
  script.head =
      comment("Brings back what was before, statement for statement from the last to the first.");
  script.head += comment(
      "A character that came meanwhile, and that an old character set lacks, stops it there.");
  for (auto move = alignment.moves.rbegin(); move != alignment.moves.rend(); ++move)
    script.body += "\n" + schema::script_piece(move->down);
  return script;
}

}  // namespace

StepTexts step_texts(const Alignment& alignment, const Report& report,
                     const std::vector<Loss>& losses) {
  const Script up = up_script(alignment, report, losses);
  const Script down = down_script(alignment);
  auto rules = lint_rules(up, down);
  return {text_of(up, rules["up"]), text_of(down, rules["down"])};
}

}  // namespace migrate::core::audit
