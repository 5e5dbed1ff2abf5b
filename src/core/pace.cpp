#include "core/pace.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace migrate::core {

double Work::percent() const {
  return std::clamp(100.0 * done / total, 0.0, 100.0);
}

std::string words_of(const Work& work) {
  std::string text = fmt::format("{:.0f} %", std::floor(work.percent()));
  if (work.stages == 0) return text;
  const std::string name = work.name.empty() ? "" : fmt::format(" ({})", work.name);
  return fmt::format("stage {} of {}{}, {}", work.stage, work.stages, name, text);
}

bool goes_on(const Work& before, const Work& now) {
  return before.stage == now.stage && before.unit == now.unit && before.done <= now.done;
}

std::optional<Pace> pace(const WorkSeen& first, const WorkSeen& now) {
  const double seconds = std::chrono::duration<double>(now.at - first.at).count();
  const double done = now.work.done - first.work.done;
  if (seconds <= 0 || done <= 0) return std::nullopt;
  const double rate = done / seconds;
  constexpr double ages = 1e9;
  const double left = std::clamp((now.work.total - now.work.done) / rate, 0.0, ages);
  return Pace{.per_second = rate, .left_s = static_cast<std::uint64_t>(std::ceil(left))};
}

}  // namespace migrate::core
