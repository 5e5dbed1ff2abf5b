#include "self_test.h"

#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "iteration.h"

namespace migrate::torture {
namespace {

namespace fs = std::filesystem;

Workload known_workload() {
  return {.steps = {"CREATE TABLE a (id INT PRIMARY KEY, n INT, KEY of_n (n));\n"
                    "CREATE TABLE c (id INT AUTO_INCREMENT PRIMARY KEY, n INT);\n",
                    "INSERT INTO a VALUES (1, 10), (2, 20);\nINSERT INTO c (n) VALUES (1);\n",
                    "CREATE VIEW v AS SELECT n FROM a;\n"}};
}

fs::path program_that_only_asks(const fs::path& folder) {
  fs::path program = folder / "asks";
  std::ofstream(program) << "#!/bin/sh\nexit 6\n";
  fs::permissions(program, fs::perms::owner_all);
  return program;
}

class SelfTest {
 public:
  explicit SelfTest(const Options& options)
      : options_(options), ground_(options.server, options.migrate) {
    ground_.use(known_workload());
    reference_ = make_reference(ground_);
  }
  ~SelfTest() {
    std::error_code ignored;
    fs::remove_all(ground_.folder(), ignored);
  }
  SelfTest(const SelfTest&) = delete;
  SelfTest& operator=(const SelfTest&) = delete;

  bool run() {
    leaves("an undisturbed run", {}, Verdict::good);
    leaves("an AUTO_INCREMENT value that was skipped",
           {"UPDATE c SET id = id + 5", "ALTER TABLE c AUTO_INCREMENT = 50"}, Verdict::good);
    leaves("one row that is another", {"UPDATE a SET n = 11 WHERE id = 1"}, Verdict::difference);
    leaves("one row too many", {"INSERT INTO c (n) VALUES (1)"}, Verdict::difference);
    leaves("an index that is missing", {"ALTER TABLE a DROP INDEX of_n"}, Verdict::difference);
    leaves("an index that is there twice", {"ALTER TABLE a ADD INDEX (n)"}, Verdict::difference);
    leaves("a view that is missing", {"DROP VIEW v"}, Verdict::difference);
    leaves("a step that the ledger lost", {"DELETE FROM migrate_ledger WHERE id = '2'"},
           Verdict::difference);
    leaves("a step that was applied twice",
           {"CREATE TEMPORARY TABLE t SELECT * FROM migrate_log WHERE event = 'applied' LIMIT 1",
            "UPDATE t SET number = 1000", "INSERT INTO migrate_log SELECT * FROM t"},
           Verdict::difference);
    missing_step();
    question();
    return good_;
  }

 private:
  void told(const std::string& what, Verdict expected, Verdict verdict) {
    const bool right = verdict == expected;
    good_ = good_ && right;
    std::cout << fmt::format("{}  {}: {}\n", right ? "right" : "WRONG", what,
                             verdict == Verdict::good ? "nothing found" : "noticed");
  }

  void leaves(const std::string& what, const std::vector<std::string>& tampering,
              Verdict expected) {
    make_reference(ground_);
    testing::RawConnection sql = ground_.connect();
    sql.query("USE " + ground_.schema());
    for (const std::string& statement : tampering) sql.query(statement);
    told(what, expected, compared());
  }

  void missing_step() {
    Workload shorter = known_workload();
    shorter.steps.pop_back();
    ground_.use(shorter);
    make_reference(ground_);
    told("a step that never ran", Verdict::difference, compared());
  }

  void question() {
    Ground asking(options_.server, program_that_only_asks(ground_.folder()));
    asking.use(known_workload());
    Killer killer(asking);
    told("a question", Verdict::question, run_iteration(asking, killer, reference_, {}).verdict);
    std::error_code ignored;
    fs::remove_all(asking.folder(), ignored);
  }

  Verdict compared() {
    return difference(reference_.snapshot, ground_.snapshot()) ? Verdict::difference
                                                               : Verdict::good;
  }

  const Options& options_;
  Ground ground_;
  Reference reference_;
  bool good_ = true;
};

}  // namespace

bool self_test(const Options& options) {
  return SelfTest(options).run();
}

}  // namespace migrate::torture
