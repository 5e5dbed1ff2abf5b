#include "workload.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "cases.h"
#include "random.h"

namespace migrate::torture {
namespace {

namespace fs = std::filesystem;

/// Every stream of random numbers has a use of its own.
constexpr std::uint64_t workload_streams = 0;

constexpr std::size_t fewest_statements = 32;
constexpr std::size_t fewest_statements_beside_the_big_table = 10;

std::size_t statements_in(const std::vector<std::string>& steps) {
  std::size_t count = 0;
  for (const std::string& step : steps) {
    for (auto at = step.find(";\n"); at != std::string::npos; at = step.find(";\n", at + 1)) {
      ++count;
    }
  }
  return count;
}

/// A step or some of any of the cases at a time, each case's in their order.
std::vector<std::string> interleaved(std::vector<std::vector<std::string>> cases, Random& random) {
  std::vector<std::string> steps;
  for (auto& texts : cases) std::reverse(texts.begin(), texts.end());
  while (!cases.empty()) {
    const auto chosen = cases.begin() + static_cast<std::ptrdiff_t>(random.below(cases.size()));
    do {
      steps.push_back(std::move(chosen->back()));
      chosen->pop_back();
    } while (!chosen->empty() && random.chance(60));
    if (chosen->empty()) cases.erase(chosen);
  }
  return steps;
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

std::string named(const CaseContext& context, std::string text) {
  const std::string prefix = context.prefix + "_";
  for (auto at = text.find('~'); at != std::string::npos; at = text.find('~', at)) {
    text.replace(at, 1, prefix);
  }
  return text;
}

Workload make_workload(std::uint64_t seed, std::uint64_t number, core::ServerFamily family) {
  Random random(seed, 2 * number + workload_streams);
  Workload workload;
  // The first ones are small, so that a short run tries the most.
  workload.size = number % 4 == 3 ? TableSize::big : TableSize::small;

  std::vector<Case> choice;
  for (const auto* group : {&table_cases(), &program_cases(), &data_cases()}) {
    choice.insert(choice.end(), group->begin(), group->end());
  }
  random.shuffle(choice);
  if (workload.size == TableSize::small && random.chance(50)) {
    workload.packets = Packets::small;
    choice.insert(choice.begin(), many_small_steps);
  }
  std::size_t least = fewest_statements;
  if (workload.size == TableSize::big) {
    least = fewest_statements_beside_the_big_table;
    std::vector<Case> big = big_cases();
    random.shuffle(big);
    choice.insert(choice.begin(), big.begin(), big.begin() + 2);
  }

  std::vector<std::vector<std::string>> cases;
  std::size_t statements = 0;
  for (const Case make : choice) {
    CaseContext context{fmt::format("t{}", cases.size() + 1), family, random};
    auto steps = make(context);
    for (std::string& step : steps) step = named(context, std::move(step));
    statements += statements_in(steps);
    cases.push_back(std::move(steps));
    if (statements >= least && cases.size() >= 3) break;
  }
  workload.steps = interleaved(std::move(cases), random);
  if (random.chance(50)) {
    workload.repeatable =
        "CREATE TABLE IF NOT EXISTS settings (name VARCHAR(40) PRIMARY KEY, value INT);\n"
        "CREATE OR REPLACE VIEW all_settings AS SELECT name FROM settings;\n";
  }
  return workload;
}

void write_steps(const Workload& workload, const fs::path& folder) {
  for (const char* name : {"migrations", "ddl"}) {
    fs::remove_all(folder / name);
    fs::create_directories(folder / name);
  }
  int version = 0;
  for (const std::string& step : workload.steps) {
    write(folder / "migrations" / fmt::format("{:03}_step.up.sql", ++version), step);
  }
  if (!workload.repeatable.empty()) write(folder / "ddl" / "settings.sql", workload.repeatable);
}

}  // namespace migrate::torture
