#include "lint_github.h"

#include <string_view>

#include <fmt/format.h>

namespace migrate::output {
namespace {

enum class Part { message, property };

// As GitHub's own toolkit escapes them (actions/toolkit, packages/core/src/command.ts).
std::string escaped(std::string_view text, Part part) {
  std::string out;
  for (const char c : text) {
    const bool ends_property = part == Part::property && (c == ':' || c == ',');
    if (c == '%' || c == '\r' || c == '\n' || ends_property) {
      out += fmt::format("%{:02X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string lint_github(const core::lint::Report& report) {
  std::string out;
  for (const core::lint::Finding& finding : report.findings) {
    if (finding.is_allowed()) continue;
    out += fmt::format("::{} file={},line={},col={},title={}::{}\n", name_of(finding.severity),
                       escaped(finding.path, Part::property), finding.position.line,
                       finding.column_in_characters, escaped(finding.rule, Part::property),
                       escaped(finding.message + "; " + finding.advice, Part::message));
  }
  return out;
}

}  // namespace migrate::output
