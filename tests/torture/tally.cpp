#include "tally.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace migrate::torture {
namespace {

std::string first_words(const std::string& statement) {
  std::istringstream words(statement);
  std::string first;
  std::string second;
  words >> first >> second;
  return first + " " + second;
}

std::uint64_t number_in(const std::map<Verdict, std::uint64_t>& verdicts, Verdict verdict) {
  const auto found = verdicts.find(verdict);
  return found == verdicts.end() ? 0 : found->second;
}

}  // namespace

void Tally::count(const Outcome& outcome) {
  ++iterations_;
  ++verdicts_[outcome.verdict];
  runs_ += outcome.runs.size();
  for (const Run& run : outcome.runs) {
    if (!run.strike) continue;
    ++kills_[run.strike->kill.kind];
    if (!run.strike->intents.empty()) ++with_an_intent_;
    if (run.strike->statement.empty()) continue;
    ++with_a_statement_;
    ++statements_[first_words(run.strike->statement)];
  }
}

std::uint64_t Tally::kills() const {
  return std::accumulate(kills_.begin(), kills_.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& kind) { return sum + kind.second; });
}

std::uint64_t Tally::failures() const {
  return iterations_ - number_in(verdicts_, Verdict::good);
}

std::string Tally::progress() const {
  return fmt::format(
      "{} kills, {} with a statement in flight; {} iterations, {} runs; questions {}, differences "
      "{}, wrong endings {}",
      kills(), with_a_statement_, iterations_, runs_, number_in(verdicts_, Verdict::question),
      number_in(verdicts_, Verdict::difference), number_in(verdicts_, Verdict::wrong_ending));
}

std::string Tally::summary() const {
  std::string text = fmt::format("kills         {}\n", kills());
  for (const KillKind kind : all_kill_kinds) {
    const auto found = kills_.find(kind);
    text += fmt::format("  {:<24} {}\n", name_of(kind), found == kills_.end() ? 0 : found->second);
  }
  text += fmt::format("  {:<24} {}\n  {:<24} {}\n", "a statement in flight", with_a_statement_,
                      "an intent open", with_an_intent_);
  std::vector<std::pair<std::string, std::uint64_t>> hit(statements_.begin(), statements_.end());
  std::stable_sort(hit.begin(), hit.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string list;
  for (const auto& [words, times] : hit) {
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", words, times);
  }
  text += fmt::format("  in flight: {}\n", list.empty() ? "nothing" : list);
  text += fmt::format(
      "iterations    {}\nruns          {}\nquestions     {}\ndifferences   {}\nwrong endings {}\n",
      iterations_, runs_, number_in(verdicts_, Verdict::question),
      number_in(verdicts_, Verdict::difference), number_in(verdicts_, Verdict::wrong_ending));
  return text;
}

}  // namespace migrate::torture
