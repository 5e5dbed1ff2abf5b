#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/lint/linter.h"
#include "support/repository.h"

namespace migrate::core::lint {
namespace {

namespace fs = std::filesystem;

/// rules/<rule>/ has a `bad.sql`, in which the rule must find something at each line that ends in
/// `-- bad` (`-- bad 2`: two things) and nowhere else, and a `good.sql`, in which it must find
/// nothing. `before.sql` is a step in front of them; `bad.down.sql` and `good.down.sql` are their
/// ways back.
fs::path rules_folder() {
  return testing::repository() / "tests" / "unit" / "core" / "lint" / "rules";
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

using Lines = std::map<std::pair<std::string, std::uint64_t>, int>;

void add_marked_lines(const fs::path& path, Lines& lines) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const std::size_t mark = line.rfind("-- bad");
    if (mark == std::string::npos) continue;
    const bool counted = line.back() >= '2' && line.back() <= '9';
    lines[{path.filename().string(), number}] = counted ? line.back() - '0' : 1;
  }
}

std::vector<std::string> rule_names() {
  std::vector<std::string> names;
  for (const Rule& rule : all_rules()) names.emplace_back(rule.name);
  return names;
}

Lines found_lines(const std::string& rule, const std::string& file) {
  const fs::path folder = rules_folder() / rule;
  Linter linter(
      {}, [&](const ScriptFile& script, const auto& take) { take(text_of(folder / script.path)); });
  if (fs::exists(folder / "before.sql")) {
    linter.look_at({{StepKind::versioned, "1"}, "before", {.path = "before.sql"}, {}},
                   Linter::Telling::nothing);
  }
  Step step{{StepKind::versioned, "2"}, file, {.path = file + ".sql"}, {}};
  if (fs::exists(folder / (file + ".down.sql"))) step.down = ScriptFile{.path = file + ".down.sql"};
  linter.look_at(step, Linter::Telling::everything);
  const Report report = linter.take_report();
  for (const Problem& problem : report.problems) ADD_FAILURE() << to_string(problem);
  Lines lines;
  for (const Finding& finding : report.findings) {
    EXPECT_FALSE(finding.message.empty() || finding.advice.empty()) << finding.rule;
    if (finding.rule == rule) ++lines[{finding.path, finding.position.line}];
  }
  return lines;
}

std::string shown(const Lines& lines) {
  std::string text;
  for (const auto& [line, count] : lines)
    text += line.first + ":" + std::to_string(line.second) + " x" + std::to_string(count) + "\n";
  return text;
}

class EachRule : public ::testing::TestWithParam<std::string> {};

TEST_P(EachRule, FindsWhatIsBadAndNothingElse) {
  Lines expected;
  for (const char* file : {"bad.sql", "bad.down.sql"})
    add_marked_lines(rules_folder() / GetParam() / file, expected);
  ASSERT_FALSE(expected.empty()) << "no line of bad.sql is marked";
  EXPECT_EQ(shown(found_lines(GetParam(), "bad")), shown(expected));
}

TEST_P(EachRule, SaysNothingOfWhatIsGood) {
  ASSERT_TRUE(fs::exists(rules_folder() / GetParam() / "good.sql"));
  EXPECT_EQ(shown(found_lines(GetParam(), "good")), "");
}

INSTANTIATE_TEST_SUITE_P(Lint, EachRule, ::testing::ValuesIn(rule_names()), [](const auto& rule) {
  std::string name = rule.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(LintRules, EachHasOneNameAndAReason) {
  std::vector<std::string> names = rule_names();
  for (const Rule& rule : all_rules()) {
    EXPECT_TRUE(rule.reason.ends_with(".")) << rule.name;
    EXPECT_GT(rule.reason.size(), 40U) << rule.name;
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace migrate::core::lint
