#include "backup_text.h"

#include <fmt/format.h>

#include "paint.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "verdict_text.h"

namespace migrate::output {
namespace {

using core::backup::Found;
using core::backup::Manifest;
using core::backup::size_text;
using core::backup::Verification;

std::string command(const std::string& words, const Style& style) {
  return fmt::format("{}{}\n", std::string(16, ' '), paint(words, Tone::strong, style.colour));
}

std::string good(const std::string& what, const Style& style) {
  return paint("✓ ", Tone::good, style.colour) + one_line(what) + '\n';
}

/// "2026-11-27 23:55:00"
std::string shown_time(std::string at) {
  for (char& c : at) {
    if (c == 'T') c = ' ';
  }
  if (at.ends_with('Z')) at.pop_back();
  return one_line(at);
}

std::string log_text(const Manifest& manifest) {
  if (!manifest.log) return "position not noted: " + manifest.why_no_log;
  const auto& log = *manifest.log;
  return fmt::format("{}, position {}{}", log.file, log.position,
                     log.gtid.empty() ? "" : ", GTID " + log.gtid);
}

std::string contents_text(const Manifest& manifest) {
  return fmt::format("{} in {}; {}", counted(manifest.rows(), "row"),
                     counted(manifest.tables.size(), "table"),
                     counted(manifest.objects.size(), "object"));
}

}  // namespace

std::string backup_text(const std::string& path, const Manifest& manifest, const Style& style,
                        const std::string& program) {
  if (style.verbosity == Verbosity::quiet) return {};
  const VerdictText text(style, program);
  std::string out = good(path, style);
  out += text.field(
      "Of", fmt::format("{} on {}, {} UTC, by {}", manifest.server.schema,
                        server_text(manifest.server), shown_time(manifest.at), manifest.dump_tool));
  out += text.field("Holds", contents_text(manifest));
  out += text.field("Size", fmt::format("{}, of a dump of {}", size_text(manifest.bytes),
                                        size_text(manifest.dump_bytes)));
  out += text.field("SHA-256", manifest.sha256);
  out += text.field("Binary log", log_text(manifest));
  if (manifest.snapshot) {
    const auto& lines = manifest.snapshot->last_lines;
    out += text.field("Snapshot", lines.empty() ? "the command succeeded" : lines.back());
  }
  out += text.field("Next", "a backup that was never restored is a hope; restore it elsewhere:");
  return out + command(fmt::format("{} backup verify {}", program, path), style);
}

std::string backup_verification_text(const Verification& verification, const Style& style,
                                     const std::string& program) {
  const Manifest& manifest = verification.manifest;
  std::string out;
  for (const std::string& warning : verification.warnings)
    out += paint("warning: ", Tone::waiting, style.colour) + one_line(warning) + '\n';
  if (verification.passed()) {
    if (style.verbosity == Verbosity::quiet) return out;
    const VerdictText text(style, program);
    out += good(fmt::format("{} was restored into {}, and is what its manifest says",
                            verification.path, verification.server),
                style);
    out += text.field("Holds", contents_text(manifest));
    return out;
  }
  const VerdictText text(style, program);
  out += text.title("not verified", verification.path);
  for (const std::string& difference : verification.differences)
    out += "    " + one_line(difference) + '\n';
  out += text.field("Next", "do not rely on it; make another one, and verify that:");
  return out + command(program + " backup --verify", style);
}

std::string backup_list_text(const std::vector<Found>& backups, const std::string& folder,
                             const Style& style, const std::string& program) {
  if (backups.empty()) {
    return fmt::format("There is no backup in {}.\nmake one: {} backup --verify\n",
                       one_line(folder), program);
  }
  Table table({{"BACKUP"},
               {"MADE (UTC)"},
               {"SCHEMA"},
               {"SERVER", Align::left, Fit::left_out},
               {"SIZE", Align::right},
               {"ROWS", Align::right},
               {"VERIFIED (UTC)", Align::left, Fit::cut}});
  for (const Found& one : backups) {
    if (!one.manifest) {
      table.add(Cell{one_line(one.path)}, Cell{}, Cell{}, Cell{}, Cell{}, Cell{},
                Cell{one_line(one.problem), Tone::bad});
      continue;
    }
    const Manifest& manifest = *one.manifest;
    const bool verified = manifest.verified.has_value();
    table.add(Cell{one_line(one.path), Tone::strong}, Cell{shown_time(manifest.at)},
              Cell{one_line(manifest.server.schema)},
              Cell{one_line(server_text(manifest.server)), Tone::faint},
              Cell{size_text(manifest.bytes)}, Cell{human_number(manifest.rows())},
              Cell{verified ? shown_time(manifest.verified->at) : "no",
                   verified ? Tone::good : Tone::waiting});
  }
  return table.text(style);
}

}  // namespace migrate::output
