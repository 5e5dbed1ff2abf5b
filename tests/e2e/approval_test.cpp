// The story of a release: somebody freezes a plan, somebody else approves it, and exactly that
// runs.
#include <gtest/gtest.h>

#include "expectations.h"
#include "project.h"

namespace migrate::testing {
namespace {

class Approval : public ::testing::TestWithParam<std::string> {
 protected:
  Approval() {
    for (const char* user : {"ana", "ben"}) {
      const std::string account = account_of(user);
      project_.sql().query("CREATE USER " + account + " IDENTIFIED BY 'secret-" + user + "'");
      project_.sql().query("GRANT ALL ON `" + project_.schema() + "`.* TO " + account);
    }
    project_.write("migrate.yaml",
                   std::string("environments:\n") + environment("ana") + environment("ben"));
    project_.write("migrations/1_orders.up.sql", "CREATE TABLE orders (id INT PRIMARY KEY);\n");
    project_.write("migrations/1_orders.down.sql", "DROP TABLE orders;\n");
  }
  ~Approval() override {
    for (const char* user : {"ana", "ben"})
      project_.sql().query("DROP USER IF EXISTS " + account_of(user));
  }

  /// Tests of both servers may share a server's accounts with other tests that run beside them.
  std::string account_of(const std::string& user) const {
    return "'" + user + "_" + project_.schema() + "'@'localhost'";
  }

  std::string environment(const std::string& user) const {
    return "  " + user + ":\n    socket: ${socket}\n    schema: ${schema}\n    user: " + user +
           "_" + project_.schema() + "\n    password: secret-" + user +
           "\n    require: approval\n    approvers: [" + "ben_" + project_.schema() + "]\n";
  }

  Ending run(const std::string& line, int code) { return run_expecting(code, project_, line); }

  Project project_{RealServer::named(GetParam())};
};

TEST_P(Approval, of_somebody_else_lets_a_frozen_plan_run) {
  expect_in(run("up --env ana", 4).out, "only a plan that was frozen and approved may run here");
  expect_in(run("plan --env ana", 2).out, "as it stands, a run would be refused; approval:");
  expect_in(run("plan --env ana --out plan.json", 2).out, "up --plan plan.json");
  expect_in(run("up --env ana --plan plan.json", 4).out, "is a draft: nobody has approved it");
  expect_in(run("up --env ana --plan plan.json --dry-run", 2).out, "a run would be refused");
  expect_in(run("approve plan.json --env ana", 4).out, "is not among the approvers");
  expect_in(run("status --env ana", 2).out, "draft: plan ");
  expect_in(run("status --env ana --format json", 2).out,
            "is a draft: nobody has approved it; freeze it with: migrate plan --out plan.json");
  expect_in(run("approve plan.json --env ben --comment read", 0).out, "approved by ben_");
  EXPECT_EQ(run("status --env ana", 2).out.find("draft"), std::string::npos);
  expect_in(run("up --env ben --plan plan.json", 4).out, "was approved only by ben_");
  run("up --env ana --plan plan.json --dry-run", 2);
  run("up --env ana --plan plan.json", 0);
  expect_in(run("history --env ana", 0).out, "plan approved");
  run("up --env ana --plan plan.json", 0);
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM migrate_ledger"), "1");
}

TEST_P(Approval, is_of_what_was_looked_at) {
  run("plan --env ana --out plan.json", 2);
  run("approve plan.json --env ben", 0);
  project_.write("migrations/1_orders.up.sql", "CREATE TABLE orders (id BIGINT PRIMARY KEY);\n");
  const std::string told = run("up --env ana --plan plan.json", 4).out;
  expect_in(told, "the file migrations/1_orders.up.sql changed");
  expect_in(run("up --env ana --plan plan.json --dry-run", 4).out, "1_orders.up.sql changed");
  project_.write("migrations/1_orders.up.sql", "CREATE TABLE orders (id INT PRIMARY KEY);\n");
  project_.sql().query("CREATE TABLE orders (n INT)");
  expect_in(run("up --env ana --plan plan.json", 4).out, "table orders is there now");
}

TEST_P(Approval, can_be_overridden_for_a_reason) {
  expect_in(run("up --env ana --override approval", 64).err, "a reason belongs to it");
  expect_in(run("up --env ana --override aproval=x", 64).err, "there is no guard 'aproval'");
  run("up --env ana --override approval=\"the site is down\"", 0);
  expect_in(run("history --env ana", 0).out, "the site is down");
  run("down --env ana --yes", 4);
  run("down --env ana --yes --override approval=\"way back\"", 0);
}

TEST_P(Approval, is_not_given_to_a_file_that_was_changed) {
  run("plan --env ana --out plan.json", 2);
  std::string text = project_.read("plan.json");
  text.replace(text.find("1_orders"), 8, "1_elders");
  project_.write("plan.json", text);
  expect_in(run("approve plan.json --env ben", 78).err, "was changed after it was frozen");
  project_.write("plan.json", "{}");
  expect_in(run("up --env ana --plan plan.json", 78).err, "is no frozen plan");
}

INSTANTIATE_TEST_SUITE_P(E2e, Approval, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Approval);

}  // namespace
}  // namespace migrate::testing
