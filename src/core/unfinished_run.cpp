#include "core/unfinished_run.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::core {

std::vector<RunStep> UnfinishedRun::left() const {
  const std::size_t first = std::min(done, plan.steps.size());
  return {plan.steps.begin() + static_cast<std::ptrdiff_t>(first), plan.steps.end()};
}

bool UnfinishedRun::is(const std::string& said, std::uint64_t asked) const {
  return command == said && plan.asked == asked;
}

std::string UnfinishedRun::said() const {
  return plan.asked == 1 ? command : fmt::format("{} --steps {}", command, plan.asked);
}

std::string UnfinishedRun::words() const {
  constexpr std::size_t to_the_second = 19;
  const std::string run =
      fmt::format("the run of {} UTC that was cut off", at.substr(0, to_the_second));
  std::string had_done;
  for (std::size_t i = 0; i < std::min(done, plan.steps.size()); ++i) {
    const RunStep& step = plan.steps[i];
    had_done += fmt::format("{}{} {}", i == 0 ? "" : ", ",
                            step.direction == Direction::up ? "applied" : "undone",
                            display_name(step.id, step.name));
  }
  if (done >= plan.steps.size()) {
    return fmt::format(
        "{} had already {}; nothing is left to do. To {}, say it again", run, had_done,
        command == "redo"
            ? "do it once more"
            : fmt::format("undo {} more", plan.asked == 1 ? "one" : std::to_string(plan.asked)));
  }
  if (done == 0) return fmt::format("goes on with {}; none of its steps was finished", run);
  return fmt::format("goes on with {}; it had already {}", run, had_done);
}

}  // namespace migrate::core
