#include "kill.h"

#include <fmt/format.h>

namespace migrate::torture {
namespace {

constexpr std::uint64_t kill_streams = 1;  // workload.cpp has the even ones

// A start of the server takes longer than the rest together, so kills of it are the rarest.
KillKind some_kind(Random& random) {
  const std::size_t number = random.below(100);
  if (number < 55) return KillKind::client;
  if (number < 72) return KillKind::all_cut;
  if (number < 83) return KillKind::work_cut;
  if (number < 87) return KillKind::control_cut;
  return KillKind::server;
}

}  // namespace

std::vector<Kill> plan_kills(std::uint64_t seed, std::uint64_t iteration, TableSize size) {
  Random random(seed, 2 * iteration + kill_streams);
  // Preparing the big table is dear: it is used well.
  const std::size_t count = (size == TableSize::big ? 3 : 1) + random.below(4);
  std::vector<Kill> kills;
  for (std::size_t number = 0; number < count; ++number) {
    Kill& kill = kills.emplace_back();
    kill.kind = some_kind(random);
    kill.aim = random.chance(40) ? Aim::statement : Aim::moment;
    kill.within = random.chance(15) ? Within::whole_run : Within::statements;
    // Several in one run: each leaves some of it to the next.
    kill.moment = random.fraction() * (number + 1 < count ? 0.7 : 1.0);
    if (cuts(kill.kind) && random.chance(50)) {
      kill.server_is_told_after = std::chrono::milliseconds(random.below(200));
    }
    kill.next_run = random.chance(25) ? NextRun::at_once : NextRun::when_ready;
  }
  return kills;
}

bool cuts(KillKind kind) {
  return kind != KillKind::client && kind != KillKind::server;
}

std::string name_of(KillKind kind) {
  switch (kind) {
    case KillKind::client:
      return "client killed";
    case KillKind::server:
      return "server killed";
    case KillKind::all_cut:
      return "connections cut";
    case KillKind::work_cut:
      return "working connection cut";
    case KillKind::control_cut:
      return "control connection cut";
  }
  return {};
}

std::string describe(const Kill& kill) {
  std::string words =
      fmt::format("{} at {:.0f} % of its {}{}", name_of(kill.kind), 100 * kill.moment,
                  kill.within == Within::statements ? "statements" : "time",
                  kill.aim == Aim::statement ? ", then at the first statement seen" : "");
  if (kill.server_is_told_after.count() > 0) {
    words += fmt::format("; the server told {} ms later", kill.server_is_told_after.count());
  }
  if (kill.kind == KillKind::server && kill.next_run == NextRun::at_once) {
    words += "; up run while it is down";
  }
  return words;
}

}  // namespace migrate::torture
