#include "core/check/result.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace migrate::core::check {
namespace {

std::optional<double> number_of(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// A text of somebody's data: only its beginning is shown.
std::string shown(const std::string& text) {
  constexpr std::size_t most = 40;
  return text.size() <= most ? text : text.substr(0, most) + "…";
}

std::string plural(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

/// Why an answer is not the one value that was asked for.
std::optional<std::string> no_value(const Answer& answer) {
  if (answer.rows == 0) return "no row came back; expected one";
  if (answer.rows > 1) return plural(answer.rows, "row") + " came back; expected one";
  if (answer.columns != 1) return plural(answer.columns, "column") + " came back; expected one";
  if (!answer.value) return "NULL came back; expected a number";
  if (!number_of(*answer.value))
    return fmt::format("'{}' came back; expected a number", shown(*answer.value));
  return std::nullopt;
}

}  // namespace

std::string Result::words() const {
  switch (verdict) {
    case Verdict::holds:
    case Verdict::fails:
      return fmt::format("{}: {}, expected {}", check.name, seen, to_string(check.expect));
    case Verdict::unknown:
    case Verdict::left_out:
      break;
  }
  return fmt::format("{}: {}", check.name, seen);
}

Result judge(const Check& check, const Answer& answer) {
  Result result{.check = check, .duration_us = answer.duration_us};
  if (answer.error) {
    result.verdict = Verdict::unknown;
    result.seen = fmt::format("{} (error {})", answer.error->message, answer.error->code);
    return result;
  }
  if (check.expect.of == Expectation::Of::rows) {
    result.value = static_cast<double>(answer.rows);
    result.seen = plural(answer.rows, "row");
  } else if (auto why = no_value(answer)) {
    result.verdict = Verdict::unknown;
    result.seen = std::move(*why);
    return result;
  } else {
    result.value = number_of(*answer.value);
    result.seen = *answer.value;
  }
  result.verdict = check.expect.holds(*result.value) ? Verdict::holds : Verdict::fails;
  return result;
}

Result left_out(const Check& check, const std::string& missing) {
  return {.check = check,
          .verdict = Verdict::left_out,
          .seen = fmt::format("there is no table {}", missing)};
}

Result unasked(const Check& check, const std::string& why) {
  return {.check = check, .verdict = Verdict::unknown, .seen = why};
}

std::size_t Look::count(Severity severity) const {
  return static_cast<std::size_t>(std::ranges::count_if(results, [severity](const Result& result) {
    return result.is_bad() && result.check.severity == severity;
  }));
}

bool Look::has_at_least(Severity severity) const {
  return std::ranges::any_of(results, [severity](const Result& result) {
    return result.is_bad() && result.check.severity >= severity;
  });
}

std::size_t Look::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::ranges::count(results, verdict, &Result::verdict));
}

const Result* Look::find(const std::string& name) const {
  const auto found = std::ranges::find_if(
      results, [&name](const Result& result) { return result.check.name == name; });
  return found == results.end() ? nullptr : &*found;
}

}  // namespace migrate::core::check
