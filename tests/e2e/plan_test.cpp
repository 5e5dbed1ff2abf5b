// What `plan` knows beforehand of a real server: how it runs statements, and who is in the way.
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "expectations.h"
#include "project.h"

namespace migrate::testing {
namespace {

using Json = nlohmann::json;

class PlanImpact : public ::testing::TestWithParam<std::string> {
 protected:
  PlanImpact() {
    project_.sql().query("CREATE TABLE customers (id INT UNSIGNED PRIMARY KEY, name VARCHAR(50))");
    project_.sql().query(
        "CREATE TABLE orders (id INT UNSIGNED PRIMARY KEY, customer_id INT UNSIGNED, total INT)");
    project_.sql().query("INSERT INTO customers VALUES (1, 'Ana')");
    project_.sql().query("INSERT INTO orders VALUES (1, 1, 10), (2, 1, 20)");
  }

  /// With a private server to ask.
  Json plan(const std::string& more = "") {
    const Ending ending =
        run_expecting(2, project_, "plan --format json --server-bin ${server_bin} " + more);
    return Json::parse(ending.out);
  }
  /// How the statements of the only step run.
  Json handlings(const std::string& more = "") {
    const Json document = plan(more);
    Json found = Json::array();
    for (const Json& statement : document.at("steps").at(0).at("statements"))
      found.push_back(statement.at("handling"));
    return found;
  }
  bool is_mariadb() const { return GetParam() == "mariadb"; }
  std::string schemas() {
    return project_.sql().value(
        "SELECT GROUP_CONCAT(schema_name ORDER BY 1) FROM information_schema.schemata WHERE "
        "schema_name LIKE 'migrate\\_verify\\_%'");
  }

  Project project_{RealServer::named(GetParam())};
};

void expect_way(const Json& handling, const std::string& algorithm, const std::string& rebuild,
                const std::string& lock) {
  EXPECT_EQ(handling.at("kind"), "asked") << handling;
  EXPECT_EQ(handling.at("algorithm"), algorithm) << handling;
  EXPECT_EQ(handling.at("rebuild"), rebuild) << handling;
  EXPECT_EQ(handling.at("lock"), lock) << handling;
}

TEST_P(PlanImpact, is_what_the_server_says_of_each_statement) {
  project_.write("migrations/1_a.up.sql",
                 "ALTER TABLE orders ADD COLUMN note VARCHAR(20);\n"
                 "CREATE INDEX by_total ON orders (total);\n"
                 "ALTER TABLE orders MODIFY total BIGINT;\n"
                 "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES "
                 "customers (id);\n"
                 "ALTER TABLE orders MODIFY note VARCHAR(20) NOT NULL, ALGORITHM=COPY;\n"
                 "ALTER TABLE orders FORCE;\n");
  const std::string before = project_.schema_text();
  const Json found = handlings();
  ASSERT_EQ(found.size(), 6U);
  expect_way(found[0], "instant", "no", "none");
  expect_way(found[1], "inplace", "no", "none");
  expect_way(found[2], "copy", "yes", "shared");
  EXPECT_NE(found[2].at("why").get<std::string>().find("column type"), std::string::npos)
      << found[2];
  expect_way(found[3], "copy", "yes", "shared");
  expect_way(found[4], "copy", "yes", "shared");
  expect_way(found[5], "inplace", "yes", "none");
  EXPECT_EQ(project_.schema_text(), before);
  EXPECT_EQ(schemas(), "");
}

TEST_P(PlanImpact, follows_what_the_statements_before_have_made) {
  project_.write("migrations/1_a.up.sql",
                 "ALTER TABLE orders ADD COLUMN note VARCHAR(20);\n"
                 "SET foreign_key_checks = 0;\n"
                 "ALTER TABLE orders MODIFY note VARCHAR(30);\n"
                 "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES "
                 "customers (id);\n"
                 "CREATE TABLE fresh (id INT PRIMARY KEY);\n"
                 "ALTER TABLE fresh ADD x INT;\n"
                 "ALTER TABLE orders DROP COLUMN nothing;\n");
  const Json document = plan();
  const Json& statements = document.at("steps").at(0).at("statements");
  EXPECT_EQ(statements[2].at("handling").at("kind"), "asked") << statements[2];
  // In the session of the step, which checks no foreign key.
  expect_way(statements[3].at("handling"), "inplace", "no", "none");
  EXPECT_EQ(statements[5].at("handling").at("kind"), "new_table");
  EXPECT_EQ(statements[6].at("handling").at("kind"), "fails");
  EXPECT_NE(statements[6].at("handling").at("why").get<std::string>().find("nothing"),
            std::string::npos);
  const Json& change = statements[2].at("changes").at(0);
  EXPECT_EQ(change.at("object"), "table orders");
  EXPECT_EQ(change.at("lines").size(), 2U) << change;
  EXPECT_NE(change.at("lines")[1].at("text").get<std::string>().find("varchar(30)"),
            std::string::npos);
  bool is_drawn = false;
  for (const Json& key : document.at("impact").at("foreign_keys"))
    is_drawn = is_drawn || (key.at("name") == "fk" && key.at("new") == true);
  EXPECT_TRUE(is_drawn) << document.at("impact");
}

TEST_P(PlanImpact, knows_the_tables) {
  project_.sql().query(
      "CREATE TRIGGER orders_bi BEFORE INSERT ON orders FOR EACH ROW SET NEW.total = 1");
  project_.write("migrations/1_a.up.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n");
  const Json document = plan("--ask nobody");
  const Json& table = document.at("impact").at("tables").at(0);
  EXPECT_EQ(table.at("table"), "orders");
  EXPECT_EQ(table.at("rows"), 2);
  EXPECT_GT(table.at("bytes"), 0);
  EXPECT_EQ(table.at("triggers"), Json::array({"orders_bi"}));
}

TEST_P(PlanImpact, asks_in_a_scratch_schema_where_that_is_wanted) {
  project_.write("migrations/1_a.up.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n");
  const Json document = plan("--ask target");
  expect_way(document.at("steps")[0].at("statements")[0].at("handling"), "instant", "no", "none");
  EXPECT_NE(document.at("impact").at("asked").get<std::string>().find("on an empty copy there"),
            std::string::npos);
  EXPECT_EQ(schemas(), "");
}

TEST_P(PlanImpact, runs_nothing_that_reaches_out_of_its_scratch_schema) {
  const std::string other = project_.schema() + "_other";
  project_.write("migrations/1_a.up.sql",
                 "CREATE DATABASE " + other + ";\nALTER TABLE orders ADD x INT;\n");
  const Json found = handlings("--ask target");
  EXPECT_EQ(found[0].at("kind"), "unknown") << found;
  expect_way(found[1], "instant", "no", "none");
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM information_schema.schemata WHERE "
                                 "schema_name = '" +
                                 other + "'"),
            "0");
}

TEST_P(PlanImpact, shows_no_password_that_the_server_quotes) {
  project_.write("migrations/1_a.up.sql",
                 "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (PASSWORD oops 'hunter2');\n"
                 "ALTER TABLE orders ADD x INT;\n");
  for (const char* format : {"text", "json", "markdown", "html"}) {
    const std::string line = std::string("plan --server-bin ${server_bin} --format ") + format;
    const std::string told = run_expecting(2, project_, line).out;
    expect_in(told, "for the statement has a password");
    EXPECT_EQ(told.find("near"), std::string::npos) << told;
  }
}

TEST_P(PlanImpact, is_unknown_with_the_reason) {
  project_.write("migrate.yaml",
                 "environments:\n  test: {socket: \"${socket}\", user: root, schema: ${schema}, "
                 "protected: true}\n");
  project_.write("migrations/1_a.up.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n");
  const Json nobody = plan("--ask nobody");
  EXPECT_EQ(nobody.at("steps")[0].at("statements")[0].at("handling").at("kind"), "not_asked");
  EXPECT_EQ(nobody.at("impact").at("not_asked"), "nobody was asked");
  EXPECT_NE(plan("--ask target").at("impact").at("not_asked").get<std::string>().find("protected"),
            std::string::npos);
  const Ending nowhere =
      run_expecting(2, project_, "plan --format json --server-bin /nowhere/mysqld");
  const Json impact = Json::parse(nowhere.out).at("impact");
  EXPECT_NE(impact.at("not_asked").get<std::string>().find("/nowhere/mysqld"), std::string::npos)
      << impact;
}

TEST_P(PlanImpact, names_who_is_in_the_way) {
  project_.write("migrations/1_a.up.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n");
  core::ConnectionOptions options = project_.server().connection();
  options.schema = project_.schema();
  RawConnection other(options);
  other.query("BEGIN");
  other.query("UPDATE orders SET total = 11 WHERE id = 1");
  const std::string id = other.value("SELECT CONNECTION_ID()");
  // MariaDB looks at its transactions anew only when nobody has asked for 0.1 s.
  Json impact;
  const Json* found = nullptr;
  const auto is_seen = [&] {
    impact = plan("--ask nobody").at("impact");
    found = nullptr;
    for (const Json& blocker : impact.at("blockers")) {
      if (std::to_string(blocker.at("connection_id").get<std::uint64_t>()) == id) found = &blocker;
    }
    return found != nullptr;
  };
  eventually(is_seen);
  ASSERT_NE(found, nullptr) << impact;
  EXPECT_EQ(found->at("user"), "root");
  EXPECT_LT(found->at("age_s"), 3600) << "whatever the time zone of the server is";
  if (is_mariadb() && !impact.at("unknown").empty()) {
    // Without its plugin this family does not tell which tables.
    EXPECT_TRUE(found->at("table").is_null());
    EXPECT_EQ(found->at("holds"), "an open transaction");
  } else {
    EXPECT_EQ(found->at("table"), "orders");
    EXPECT_NE(found->at("holds").get<std::string>().find("a metadata lock ("), std::string::npos);
  }
  const std::string told = run_expecting(2, project_, "plan --ask nobody").out;
  expect_in(told, "In the way now");
  expect_in(told, "connection " + id);
  other.query("COMMIT");
  EXPECT_TRUE(eventually([&] { return !is_seen(); })) << impact;
}

TEST_P(PlanImpact, works_with_an_account_that_may_only_read) {
  const std::string account = "'reader_" + project_.schema() + "'@'localhost'";
  project_.sql().query("CREATE USER " + account + " IDENTIFIED BY 'secret'");
  project_.sql().query("GRANT SELECT ON `" + project_.schema() + "`.* TO " + account);
  project_.write("migrate.yaml",
                 "environments:\n  test: {socket: \"${socket}\", user: reader_${schema}, "
                 "password: secret, schema: ${schema}}\n");
  project_.write("migrations/1_a.up.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n");
  const Json document = plan();
  expect_way(document.at("steps")[0].at("statements")[0].at("handling"), "instant", "no", "none");
  EXPECT_FALSE(document.at("impact").at("unknown").empty());
  EXPECT_TRUE(document.at("impact").at("replicas").is_null());
  project_.sql().query("DROP USER " + account);
}

TEST_P(PlanImpact, is_no_part_of_what_is_frozen) {
  project_.write("migrations/1_a.up.sql", "ALTER TABLE orders ADD COLUMN note TEXT;\n");
  const Json asked = plan("--out a.json");
  const Json not_asked = plan("--ask nobody --out b.json");
  EXPECT_EQ(asked.at("frozen").at("hash"), not_asked.at("frozen").at("hash"));
}

TEST_P(PlanImpact, is_written_as_a_page_and_as_a_run_sheet) {
  project_.write("migrations/1_a.up.sql",
                 "-- </script><img src=x onerror=alert(1)>\n"
                 "ALTER TABLE orders ADD COLUMN note TEXT COMMENT '<img src=x>';\n");
  project_.write("migrations/1_a.down.sql", "ALTER TABLE orders DROP COLUMN note;\n");
  const std::string page =
      run_expecting(2, project_, "plan --format html --server-bin ${server_bin}").out;
  expect_in(page, "<!DOCTYPE html>");
  expect_in(page, "INSTANT");
  expect_in(page, "<span class=\"ins\">");
  EXPECT_EQ(page.find("<img"), std::string::npos);
  const std::string sheet = run_expecting(2, project_, "plan --format markdown --ask nobody").out;
  expect_in(sheet, "# Run sheet");
  expect_in(sheet, "down --steps 1");
}

INSTANTIATE_TEST_SUITE_P(E2e, PlanImpact, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PlanImpact);

}  // namespace
}  // namespace migrate::testing
