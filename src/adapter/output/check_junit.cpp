#include "check_junit.h"

#include <cstdint>

#include <fmt/format.h>

#include "html_text.h"
#include "units.h"

namespace migrate::output {
namespace {

using core::check::Result;
using core::check::Verdict;

std::string seconds(std::uint64_t microseconds) {
  constexpr std::uint64_t second = 1'000'000;
  return fmt::format("{}.{:06}", microseconds / second, microseconds % second);
}

bool fails(const Result& result, const port::CheckView& view) {
  return result.is_bad() && result.check.severity >= view.fail_on;
}

std::string outcome(const Result& result, const port::CheckView& view) {
  const std::string words = html(result.words());
  if (result.verdict == Verdict::left_out)
    return fmt::format("      <skipped message=\"{}\"/>\n", html(result.seen));
  if (!result.is_bad()) return {};
  const std::string reason = html(result.check.reason);
  if (!fails(result, view)) {
    return fmt::format("      <system-out>{}: {} ({})</system-out>\n",
                       name_of(result.check.severity), words, reason);
  }
  return fmt::format("      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n",
                     result.verdict == Verdict::unknown ? "error" : "failure", words,
                     name_of(result.check.severity), reason);
}

}  // namespace

std::string check_junit(const core::check::Look& look, const port::CheckView& view) {
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::uint64_t time_us = 0;
  std::string cases;
  const std::string environment =
      view.environment.empty() ? "migrate" : "migrate." + html(view.environment);
  for (const Result& result : look.results) {
    if (fails(result, view)) ++(result.verdict == Verdict::unknown ? errors : failures);
    time_us += result.duration_us;
    const std::string inside = outcome(result, view);
    cases += fmt::format(R"(    <testcase classname="{}" name="{}" time="{}")", environment,
                         html(result.check.name), seconds(result.duration_us));
    cases += inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n";
  }
  const std::string numbers = fmt::format(R"(tests="{}" failures="{}" errors="{}" time="{}")",
                                          look.results.size(), failures, errors, seconds(time_us));
  std::string at = iso_time(look.at);
  // The format has no zone, and means UTC.
  if (at.ends_with('Z')) at.pop_back();
  if (!at.empty()) at = fmt::format(" timestamp=\"{}\"", html(at));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"migrate check\" {0}>\n"
      "  <testsuite name=\"{1}\"{2} {0} skipped=\"{3}\">\n{4}  </testsuite>\n</testsuites>\n",
      numbers, environment, at, look.count(Verdict::left_out), cases);
}

}  // namespace migrate::output
