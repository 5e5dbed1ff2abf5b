#include "failure_report.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

namespace migrate::torture {
namespace {

namespace fs = std::filesystem;

const char* word(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "good";
    case Verdict::question:
      return "QUESTION";
    case Verdict::difference:
      return "DIFFERENCE";
    case Verdict::wrong_ending:
      return "WRONG ENDING";
  }
  return "";
}

std::string first_line(const std::string& text) {
  return text.substr(0, std::min<std::size_t>(text.find('\n'), 160));
}

std::string describe_run(std::size_t number, const Run& run) {
  std::string text = fmt::format("run {}: exit {}\n", number, run.ending.code);
  if (run.strike) {
    const Strike& strike = *run.strike;
    text += fmt::format(
        "  {}\n  it fell {} ms after the start\n  statement in flight: {}\n  open intents: {}\n",
        describe(strike.kill), strike.after.count(),
        strike.statement.empty() ? "none seen" : first_line(strike.statement),
        strike.intents.empty() ? "none seen" : strike.intents);
  }
  return text;
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

void write_snapshot(const fs::path& folder, const std::string& side, const Snapshot& snapshot) {
  write(folder / (side + ".schema"), snapshot.schema);
  write(folder / (side + ".rows"), snapshot.rows);
  write(folder / (side + ".history"), snapshot.history);
}

}  // namespace

std::string keep_failure(Ground& ground, const Options& options, std::uint64_t iteration,
                         const Reference& reference, const Outcome& outcome) {
  const fs::path kept = ground.folder() / fmt::format("failure-{}", iteration);
  fs::remove_all(kept);  // of the same iteration, repeated
  fs::create_directories(kept);
  for (const char* name : {"migrations", "ddl", "output"}) {
    fs::copy(ground.folder() / name, kept / name, fs::copy_options::recursive);
  }
  std::string report =
      fmt::format("{} in iteration {}: {}\n", word(outcome.verdict), iteration, outcome.reason);
  for (std::size_t number = 0; number < outcome.runs.size(); ++number) {
    report += describe_run(number + 1, outcome.runs[number]);
  }
  report += fmt::format(
      "again: scripts/torture --server {} --seed {} --iteration {}\nkept: {} (steps, output of "
      "each "
      "run)\n",
      options.server, options.seed, iteration, kept.string());
  write_snapshot(kept, "expected", reference.snapshot);
  write_snapshot(kept, "found", outcome.found);
  fs::copy_file(ground.server_log(), kept / "server.log");
  std::string whole = report;
  for (std::size_t number = 0; number < outcome.runs.size(); ++number) {
    const testing::Ending& ending = outcome.runs[number].ending;
    whole += fmt::format("\n---- run {}\n{}{}", number + 1, ending.out, ending.err);
  }
  write(kept / "report.txt", whole);
  return report;
}

}  // namespace migrate::torture
