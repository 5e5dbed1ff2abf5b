#include "app/lint.h"

#include <set>

#include <gtest/gtest.h>

#include "core/fault.h"
#include "support/memory_steps.h"

namespace migrate::testing {
namespace {

struct Project {
  MemorySteps steps;

  Project() {
    steps.ddl("views", "DROP VIEW v;");
    steps.up("1", "DROP TABLE a;");
    steps.down("1", "DELETE FROM b;");
    steps.up("20", "DROP TABLE c;");
  }

  std::set<std::string> paths(std::vector<std::string> which) {
    std::set<std::string> found;
    for (const auto& finding : app::lint(steps, {.which = std::move(which)}, nullptr).findings)
      found.insert(finding.path);
    return found;
  }
};

std::string fault_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::configuration);
    return fault.what();
  }
  return "no fault";
}

using Paths = std::set<std::string>;

TEST(Lint, LooksAtEveryStep) {
  EXPECT_EQ(Project().paths({}),
            (Paths{"ddl/views.sql", "migrations/1_step.up.sql", "migrations/1_step.down.sql",
                   "migrations/20_step.up.sql"}));
}

TEST(Lint, LooksAtWhatIsNamed) {
  const Paths first{"migrations/1_step.up.sql", "migrations/1_step.down.sql"};
  EXPECT_EQ(Project().paths({"1"}), first);
  EXPECT_EQ(Project().paths({"001"}), first);
  EXPECT_EQ(Project().paths({"1_step"}), first);
  EXPECT_EQ(Project().paths({"ddl/views"}), Paths{"ddl/views.sql"});
  EXPECT_EQ(Project().paths({"./migrations/1_step.down.sql"}), Paths{"migrations/1_step.down.sql"});
  EXPECT_EQ(Project().paths({"20", "ddl/views.sql"}),
            (Paths{"ddl/views.sql", "migrations/20_step.up.sql"}));
}

TEST(Lint, AWordThatIsNoStepIsAFault) {
  Project project;
  EXPECT_NE(fault_of([&] { project.paths({"3"}); }).find("'3' is no step"), std::string::npos);
}

TEST(Lint, AllThatCannotBeReadIsToldOnce) {
  Project project;
  project.steps.up("30", "-- migrate: allow=drop-tabel reason=\"x\"\nDROP TABLE a;");
  project.steps.up("31", "SELECT 1;\n-- migrate: allow=drop-table\nDROP TABLE a;");
  const std::string told = fault_of([&] { project.paths({}); });
  EXPECT_NE(told.find("migrations/30_step.up.sql:1:13: there is no rule 'drop-tabel'"),
            std::string::npos)
      << told;
  EXPECT_NE(told.find("migrations/31_step.up.sql:2:13: allow=drop-table without a reason"),
            std::string::npos)
      << told;
}

TEST(Lint, WithAServerItLooksAtWhatIsPendingThereAndKnowsItsTables) {
  MemorySteps steps;
  steps.up("1", "CREATE TABLE t (id BIGINT PRIMARY KEY);");
  steps.up("2", "ALTER TABLE t MODIFY id INT, ALGORITHM = COPY;");
  app::LintFacts facts;
  facts.applied.insert({core::StepKind::versioned, "1"});
  const auto narrowings = [&](const std::string& type) {
    core::lint::declare(facts.tables, "CREATE TABLE t (id " + type + " PRIMARY KEY)");
    const core::lint::Report report =
        app::lint(steps, {.severities = {{"missing-down", std::nullopt}}}, &facts);
    EXPECT_EQ(report.files, 1U);
    return report.findings.size();
  };
  EXPECT_EQ(narrowings("BIGINT"), 1U);
  EXPECT_EQ(narrowings("SMALLINT"), 0U);
}

}  // namespace
}  // namespace migrate::testing
