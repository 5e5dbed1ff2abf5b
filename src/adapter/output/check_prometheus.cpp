#include "check_prometheus.h"

#include <functional>
#include <optional>

#include <fmt/format.h>

namespace migrate::output {
namespace {

using core::check::Look;
using core::check::Result;
using core::check::Verdict;

/// "label_value can be any sequence of UTF-8 characters, but the backslash, double-quote, and line
/// feed characters have to be escaped".
std::string escaped(const std::string& label) {
  std::string out;
  for (const char c : label) {
    if (c == '\\' || c == '"') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out;
}

/// All samples of a metric come as one group, behind its help and its type.
std::string metric(const std::string& name, const std::string& help, const Look& look,
                   const port::CheckView& view,
                   const std::function<std::optional<double>(const Result&)>& value_of) {
  std::string samples;
  for (const Result& result : look.results) {
    const std::optional<double> value = value_of(result);
    if (result.verdict == Verdict::left_out || !value) continue;
    samples += fmt::format("{}{{check=\"{}\",env=\"{}\",severity=\"{}\"}} {}\n", name,
                           escaped(result.check.name), escaped(view.environment),
                           name_of(result.check.severity), *value);
  }
  return fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{2}", name, help, samples);
}

}  // namespace

std::string check_prometheus(const Look& look, const port::CheckView& view) {
  constexpr double second_us = 1e6;
  return metric("migrate_check_value", "What the query of the check returned.", look, view,
                [](const Result& result) { return result.value; }) +
         metric("migrate_check_ok", "Whether that is what was expected: 1, or 0.", look, view,
                [](const Result& result) { return result.is_bad() ? 0.0 : 1.0; }) +
         metric("migrate_check_duration_seconds", "How long the query took.", look, view,
                [](const Result& result) {
                  return static_cast<double>(result.duration_us) / second_us;
                });
}

}  // namespace migrate::output
