#include <algorithm>

#include <fmt/format.h>

#include "core/audit/alignment.h"
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

/// Of lint's rules: what is looked into here, and told beside the statements.
std::string directives() {
  std::string text = "-- migrate: stepwise\n";
  for (const char* rule :
       {"charset-conversion", "alter-without-algorithm", "drop-constraint", "add-foreign-key",
        "drop-index", "index-recreated", "explicit-definer", "drop-view", "drop-routine"}) {
    text += fmt::format("-- migrate: allow={} reason=\"written by migrate audit\"\n", rule);
  }
  return text;
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

std::string up_text(const Alignment& alignment, const Report& report,
                    const std::vector<Loss>& losses) {
  std::string text = comment(fmt::format(
      "Aligns the schema with its canon: {}, {}, rows {}. Written by migrate audit --fix-into.",
      report.canon.charset, report.canon.collation, report.canon.row_format));
  text += comment(fmt::format("It mends {} findings; {} stay, listed at the end.",
                              alignment.mended.size(), alignment.left.size()));
  text +=
      comment("Foreign keys that are in the way go first and come back last, under their names.");
  text += directives();
  for (const Move& move : alignment.moves) {
    text += '\n';
    for (const std::string& words : move.words) text += comment(words);
    text += losses_of(move, losses) + schema::script_piece(move.up);
  }
  if (!alignment.left.empty()) text += "\n" + comment("Not mended, since no statement can:");
  for (const Left& left : alignment.left)
    text += comment(
        fmt::format("  {}: {}: {}", left.finding.rule, left.finding.remark.message, left.why));
  return text;
}

std::string down_text(const Alignment& alignment) {
  std::string text =
      comment("Brings back what was before, statement for statement from the last to the first.");
  text += comment(
      "A character that came meanwhile, and that an old character set lacks, stops it there.");
  text += directives();
  for (auto move = alignment.moves.rbegin(); move != alignment.moves.rend(); ++move)
    text += "\n" + schema::script_piece(move->down);
  return text;
}

}  // namespace

StepTexts step_texts(const Alignment& alignment, const Report& report,
                     const std::vector<Loss>& losses) {
  return {up_text(alignment, report, losses), down_text(alignment)};
}

}  // namespace migrate::core::audit
