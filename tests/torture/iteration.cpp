#include "iteration.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "core/exit_code.h"
#include "interruption.h"

namespace migrate::torture {
namespace {

using core::ExitCode;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::minutes longest_run{3};
constexpr int killed_by_signal = 128 + 9;
/// Runs after the last kill: each of them may meet what the kill left running.
constexpr int most_runs_to_finish = 10;

testing::Ending ending_of(testing::Process& up) {
  const auto limit = steady_clock::now() + longest_run;
  while (!up.has_ended() && steady_clock::now() < limit) {
    stop_if_interrupted();
    testing::pause_between_looks();
  }
  return up.wait(std::chrono::seconds(0));  // throws when it still runs, with what it said
}

/// How a run may end, beside done.
enum class Excuse { none, killed, no_server, locked };

Excuse excuse_of(const std::optional<Strike>& strike) {
  if (!strike) return Excuse::none;
  return strike->kill.kind == KillKind::client ? Excuse::killed : Excuse::no_server;
}

bool excuses(Excuse excuse, int code) {
  switch (excuse) {
    case Excuse::none:
      return false;
    case Excuse::killed:
      return code == killed_by_signal;
    case Excuse::no_server:
      return code == static_cast<int>(ExitCode::unavailable);
    case Excuse::locked:
      return code == static_cast<int>(ExitCode::locked);
  }
  return false;
}

/// The runs of one iteration and what they lead to.
class Course {
 public:
  Course(Ground& ground, Killer& killer, const Expectation& expected)
      : ground_(ground), killer_(killer), left_(expected) {}

  Outcome follow(const std::vector<Kill>& kills, const Snapshot& expected) {
    try {
      for (const Kill& kill : kills) {
        if (goes_on()) run_and_kill(kill);
      }
      finish();
      outcome_.found = ground_.snapshot();
      if (const auto told = difference(expected, outcome_.found)) wrong(Verdict::difference, *told);
    } catch (const std::runtime_error& error) {
      wrong(Verdict::wrong_ending, error.what());
      ground_.start_server();  // for the next iteration, should it be down
    }
    return std::move(outcome_);
  }

 private:
  bool goes_on() const { return !done_ && outcome_.verdict == Verdict::good; }

  void run_and_kill(const Kill& kill) {
    const bool early_run = kill.kind == KillKind::server && kill.next_run == NextRun::at_once;
    testing::Process up =
        ground_.start_up(cuts(kill.kind) ? Way::proxy : Way::socket,
                         early_run ? AfterALoss::gives_up : AfterALoss::connects_again);
    const auto strike = killer_.strike(kill, up, left_);
    if (strike) {
      // An estimate, since the time may have been spent waiting: something is always left.
      const auto spent = std::max(strike->after - left_.until_statements, milliseconds(0));
      left_.statements = std::max(left_.statements - spent, left_.statements / 3);
    }
    const bool server_is_down = strike && kill.kind == KillKind::server;
    // The run then lives through the restart.
    if (server_is_down && !early_run) ground_.start_server();
    judge(ending_of(up), excuse_of(strike), strike);
    if (!server_is_down || !early_run) return;
    if (goes_on()) {
      testing::Process early = ground_.start_up(Way::socket, AfterALoss::gives_up);
      judge(ending_of(early), Excuse::no_server, std::nullopt);
    }
    ground_.start_server();
  }

  void finish() {
    for (int runs = 0; goes_on(); ++runs) {
      if (runs == most_runs_to_finish) {
        return wrong(Verdict::wrong_ending,
                     fmt::format("not done after {} more runs of up", most_runs_to_finish));
      }
      testing::Process up = ground_.start_up(Way::socket);
      // By a statement that the server still runs for a client that is gone.
      judge(ending_of(up), Excuse::locked, std::nullopt);
    }
  }

  void judge(testing::Ending ending, Excuse excuse, const std::optional<Strike>& strike) {
    if (ending.code == static_cast<int>(ExitCode::done)) {
      done_ = true;
    } else if (ending.code == static_cast<int>(ExitCode::in_doubt)) {
      wrong(Verdict::question, "up ended with 6: it asks a person");
    } else if (!excuses(excuse, ending.code)) {
      wrong(Verdict::wrong_ending,
            fmt::format("up ended with {}, for which there is no reason", ending.code));
    }
    outcome_.runs.push_back({strike, std::move(ending)});
  }

  // What comes after the first thing that is wrong follows from it.
  void wrong(Verdict verdict, std::string reason) {
    if (outcome_.verdict != Verdict::good) return;
    outcome_.verdict = verdict;
    outcome_.reason = std::move(reason);
  }

  Ground& ground_;
  Killer& killer_;
  Expectation left_;
  bool done_ = false;
  Outcome outcome_;
};

milliseconds run_undisturbed(Ground& ground) {
  const auto start = steady_clock::now();
  testing::Process up = ground.start_up(Way::socket);
  const testing::Ending ending = ending_of(up);
  if (ending.code != static_cast<int>(ExitCode::done)) {
    throw std::runtime_error(
        fmt::format("the steps in {} do not run even undisturbed (exit {}):\n{}{}",
                    ground.folder().string(), ending.code, ending.out, ending.err));
  }
  return duration_cast<milliseconds>(steady_clock::now() - start);
}

}  // namespace

Reference make_reference(Ground& ground) {
  ground.begin_again();
  const auto steps = run_undisturbed(ground);
  const Snapshot snapshot = ground.snapshot();
  const auto nothing = run_undisturbed(ground);
  return {snapshot, {nothing, std::max(steps - nothing, milliseconds(1))}};
}

Outcome run_iteration(Ground& ground, Killer& killer, const Reference& reference,
                      const std::vector<Kill>& kills) {
  ground.begin_again();
  return Course(ground, killer, reference.expectation).follow(kills, reference.snapshot);
}

}  // namespace migrate::torture
