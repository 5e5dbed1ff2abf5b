#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cases.h"

namespace migrate::torture {
namespace {

/// Random changes of one table, of which it knows what they left.
class Walk {
 public:
  explicit Walk(CaseContext& context) : random_(context.random) {}

  std::string next() {
    ++number_;
    switch (random_.below(15)) {
      case 0:
        return "ALTER TABLE ~walk ADD COLUMN " + new_column() + ";\n";
      case 1:
        return "ALTER TABLE ~walk ADD COLUMN " + new_column() + ", ALGORITHM=INSTANT;\n";
      case 2:
        return "ALTER TABLE ~walk ADD INDEX (a), ALGORITHM=INPLACE;\n";  // named by the server
      case 3:
        return fmt::format("ALTER TABLE ~walk ADD UNIQUE KEY u{} (id, a);\n", number_);
      case 4:
        return fmt::format("ALTER TABLE ~walk MODIFY b VARCHAR({}), ALGORITHM=COPY;\n",
                           20 + number_);
      case 5:
        return fmt::format("ALTER TABLE ~walk COMMENT = 'change {}';\n", number_);
      case 6:
        return "ALTER TABLE ~walk MODIFY a INT NOT NULL;\n";  // as it is
      case 7:
        return "ALTER TABLE ~walk ADD CHECK (id > 0);\n";  // named by the server
      case 8:
        return fmt::format(
            "ALTER TABLE ~walk ADD COLUMN {}, ADD INDEX k{} (b), ALTER b SET "
            "DEFAULT '{}';\n",
            new_column(), number_, number_);
      case 9:
        return "UPDATE ~walk SET a = a + 1;\n";
      case 10:
        return fmt::format("INSERT INTO ~walk (id, a, b) SELECT id + {}, a, b FROM ~walk;\n",
                           1000 * (1U << number_));
      case 11:
        return fmt::format("ALTER TABLE ~walk CONVERT TO CHARACTER SET {};\n",
                           random_.chance(50) ? "utf8mb4 COLLATE utf8mb4_bin" : "latin1");
      case 12:
        return "ALTER TABLE ~walk FORCE;\n";
      default:
        return change_of_a_column();
    }
  }

 private:
  std::string new_column() {
    columns_.push_back(fmt::format("c{}", number_));
    return fmt::format("c{} INT DEFAULT {}{}", number_, number_,
                       random_.chance(30) ? " AFTER a" : "");
  }

  std::string change_of_a_column() {
    if (columns_.empty()) return "ALTER TABLE ~walk ADD COLUMN " + new_column() + ";\n";
    std::string& column = columns_[random_.below(columns_.size())];
    const std::string before = column;
    switch (random_.below(4)) {
      case 0:
        return fmt::format("ALTER TABLE ~walk MODIFY {} BIGINT NULL;\n", before);
      case 1:
        column = fmt::format("r{}", number_);
        return fmt::format("ALTER TABLE ~walk RENAME COLUMN {} TO {};\n", before, column);
      case 2:
        column = fmt::format("r{}", number_);
        return fmt::format("ALTER TABLE ~walk CHANGE {} {} VARCHAR(30) NULL;\n", before, column);
      default:
        columns_.erase(std::find(columns_.begin(), columns_.end(), before));
        return fmt::format("ALTER TABLE ~walk DROP COLUMN {};\n", before);
    }
  }

  Random& random_;
  unsigned number_ = 0;
  std::vector<std::string> columns_;
};

std::vector<std::string> altered(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~walk (id INT PRIMARY KEY, a INT NOT NULL, b VARCHAR(20));\n"
      "INSERT INTO ~walk VALUES (1, 10, 'one'), (2, 20, 'two'), (3, 30, NULL);\n";
  std::vector<std::string> steps;
  Walk walk(context);
  const std::size_t changes = 5 + context.random.below(6);
  for (std::size_t change = 0; change < changes; ++change) {
    text += walk.next();
    if (context.random.chance(20)) steps.push_back(std::exchange(text, {}));
  }
  if (!text.empty()) steps.push_back(text);
  return steps;
}

std::vector<std::string> dropped_and_renamed(CaseContext& context) {
  std::vector<std::string> changes{
      "RENAME TABLE ~a TO ~a2, ~c TO ~c2;\n",
      "DROP TABLE ~b, ~d;\n",
      "RENAME TABLE ~e TO ~swap, ~f TO ~e, ~swap TO ~f;\n",
      "ALTER TABLE ~g RENAME TO ~g2;\n",
      "DROP TABLE IF EXISTS ~nothing, ~h;\n",
      "ALTER TABLE ~i RENAME TO ~i2, ADD COLUMN note INT;\n",
  };
  context.random.shuffle(changes);
  std::string made;
  for (const char name : std::string("abcdefghi")) {
    made += fmt::format("CREATE TABLE ~{0} (id INT PRIMARY KEY, {0} INT);\n", name);
  }
  made += "INSERT INTO ~a VALUES (1, 1);\nINSERT INTO ~e VALUES (2, 2), (3, 3);\n";
  std::string changed;
  for (const std::string& change : changes) changed += change;
  return {made, changed + "INSERT INTO ~e VALUES (4, 4);\nDROP TABLE ~f;\n"};
}

// What is there afterwards was there before, so that no look at the end alone tells how far it
// came.
std::vector<std::string> there_and_back(CaseContext& context) {
  std::vector<std::string> ways;
  ways.emplace_back(
      "ALTER TABLE ~ab ADD COLUMN x INT DEFAULT 1;\nUPDATE ~ab SET x = x + id;\n"
      "ALTER TABLE ~ab DROP COLUMN x;\nALTER TABLE ~ab ADD COLUMN x INT DEFAULT 1;\n"
      "UPDATE ~ab SET n = n + x;\nALTER TABLE ~ab DROP COLUMN x;\n");
  ways.emplace_back(
      "CREATE INDEX of_n ON ~ab (n);\nDROP INDEX of_n ON ~ab;\n"
      "CREATE INDEX of_n ON ~ab (n);\nDROP INDEX of_n ON ~ab;\n");
  ways.emplace_back(
      "RENAME TABLE ~ab TO ~ba;\nUPDATE ~ba SET n = n * 3;\nRENAME TABLE ~ba TO ~ab;\n");
  ways.emplace_back(
      "DROP TABLE ~same;\nCREATE TABLE ~same (id INT PRIMARY KEY, n INT);\n"
      "INSERT INTO ~same SELECT id, n FROM ~ab;\n");
  ways.emplace_back(
      "RENAME TABLE ~ab TO ~swap, ~same TO ~ab, ~swap TO ~same;\nUPDATE ~ab SET n = n + 5;\n"
      "RENAME TABLE ~ab TO ~swap, ~same TO ~ab, ~swap TO ~same;\nUPDATE ~ab SET n = n + 7;\n");
  context.random.shuffle(ways);
  return {
      "CREATE TABLE ~ab (id INT PRIMARY KEY, n INT);\n"
      "INSERT INTO ~ab VALUES (1, 1), (2, 2);\n"
      "CREATE TABLE ~same (id INT PRIMARY KEY, n INT);\n" +
          ways[0] + ways[1],
      ways[2]};
}

std::vector<std::string> indexed(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~ix (id INT AUTO_INCREMENT PRIMARY KEY, a INT, b VARCHAR(40), KEY of_a (a));\n"
      "INSERT INTO ~ix (a, b) VALUES (1, 'x'), (2, 'y'), (3, 'z');\n"
      "CREATE INDEX of_b ON ~ix (b(10));\n"
      "CREATE UNIQUE INDEX of_both ON ~ix (a, b);\n"
      "DROP INDEX of_a ON ~ix;\n"
      "INSERT INTO ~ix (a, b) SELECT a + 10, b FROM ~ix;\n"
      "ALTER TABLE ~ix DROP INDEX of_b, ADD INDEX of_b (b, a);\n";
  if (context.random.chance(50)) text += "CREATE FULLTEXT INDEX of_text ON ~ix (b);\n";
  if (context.random.chance(50)) text += "CREATE INDEX IF_NOT ON ~ix (a) COMMENT 'again';\n";
  text += "ALTER TABLE ~ix RENAME INDEX of_both TO of_two;\n";
  return {text};
}

std::vector<std::string> with_foreign_keys(CaseContext& context) {
  const std::string rule = context.random.chance(50) ? "CASCADE" : "SET NULL";
  return {
      "CREATE TABLE ~parent (id INT PRIMARY KEY);\n"
      "CREATE TABLE ~child (id INT PRIMARY KEY, parent_id INT, other INT, KEY (parent_id));\n"
      "INSERT INTO ~parent VALUES (1), (2), (3);\n"
      "INSERT INTO ~child VALUES (1, 1, 1), (2, 2, 1), (3, 2, 3);\n"
      "ALTER TABLE ~child ADD CONSTRAINT ~fk FOREIGN KEY (parent_id) REFERENCES ~parent (id)"
      " ON DELETE " +
          rule + ";\n",
      "DELETE FROM ~parent WHERE id = 2;\n"
      "ALTER TABLE ~child ADD FOREIGN KEY (other) REFERENCES ~parent (id);\n"
      "RENAME TABLE ~parent TO ~folk;\n"
      "ALTER TABLE ~child DROP FOREIGN KEY ~fk;\n"
      "SET foreign_key_checks = 0;\n"
      "CREATE TABLE ~late (id INT PRIMARY KEY, CONSTRAINT ~of_late FOREIGN KEY (id) REFERENCES "
      "~folk (id));\n"
      "INSERT INTO ~late VALUES (77);\n"
      "ALTER TABLE ~folk ADD COLUMN n INT;\n"};
}

std::vector<std::string> partitioned(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~part (id INT PRIMARY KEY, a INT) PARTITION BY RANGE (id) ("
      "PARTITION p0 VALUES LESS THAN (100), PARTITION p1 VALUES LESS THAN (200));\n"
      "INSERT INTO ~part VALUES (1, 1), (150, 2);\n"
      "ALTER TABLE ~part ADD PARTITION (PARTITION p2 VALUES LESS THAN (300));\n"
      "INSERT INTO ~part VALUES (250, 3);\n"
      "ALTER TABLE ~part REORGANIZE PARTITION p1 INTO ("
      "PARTITION p1a VALUES LESS THAN (150), PARTITION p1b VALUES LESS THAN (200));\n"
      "ALTER TABLE ~part DROP PARTITION p0;\n"
      "UPDATE ~part SET a = a * 2;\n";
  if (context.random.chance(50)) text += "ALTER TABLE ~part TRUNCATE PARTITION p1b;\n";
  if (context.random.chance(50)) text += "ALTER TABLE ~part ADD COLUMN b INT DEFAULT 4;\n";
  if (context.random.chance(30)) text += "ALTER TABLE ~part REMOVE PARTITIONING;\n";
  return {text};
}

std::vector<std::string> copied(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~from (id INT AUTO_INCREMENT PRIMARY KEY, a INT, KEY (a)) COMMENT 'model';\n"
      "INSERT INTO ~from (a) VALUES (5), (6), (7);\n"
      "CREATE TABLE ~like LIKE ~from;\n"
      "INSERT INTO ~like (a) SELECT a FROM ~from;\n"
      "INSERT INTO ~like (a) SELECT a + 1 FROM ~like;\n"
      "CREATE TABLE IF NOT EXISTS ~like LIKE ~from;\n";
  // When the server dies in it, MariaDB may keep the table without its rows: no case for a tool.
  if (context.family == core::ServerFamily::mysql) {
    text +=
        "CREATE TABLE ~select (PRIMARY KEY (id)) SELECT id * 2 AS id, a FROM ~from;\n"
        "UPDATE ~select SET a = a + 1;\n";
  }
  return {text, "DROP TABLE ~from;\nALTER TABLE ~like ADD COLUMN b INT;\n"};
}

std::vector<std::string> emptied(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~tr (id INT AUTO_INCREMENT PRIMARY KEY, a INT);\n"
      "INSERT INTO ~tr (a) VALUES (1), (2);\n"
      "TRUNCATE TABLE ~tr;\n"
      "INSERT INTO ~tr (a) VALUES (3);\n"
      "INSERT INTO ~tr (a) SELECT a + 1 FROM ~tr;\n";
  if (context.random.chance(50)) {
    text += "TRUNCATE ~tr;\nALTER TABLE ~tr ADD COLUMN b INT;\nINSERT INTO ~tr (a) VALUES (9);\n";
  }
  return {text};
}

/// Some of these travel together.
std::vector<std::string> small_steps(CaseContext& context) {
  std::vector<std::string> steps{
      "CREATE TABLE ~s1 (id INT PRIMARY KEY, a INT);\nCREATE TABLE ~s2 (id INT);\n",
      "CREATE TABLE ~s3 (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;\n",
      "CREATE VIEW ~one AS SELECT 1 AS one;\nCREATE TABLE ~s4 LIKE ~s0;\n",
      "DROP TABLE ~s2;\nCREATE TABLE ~s5 (id INT);\n"};
  if (context.random.chance(50)) steps.emplace_back("TRUNCATE TABLE ~s0;\n");
  steps.emplace_back("CREATE TABLE ~s6 (id INT);\nDROP VIEW ~one;\n");
  steps.emplace_back("INSERT INTO ~s1 VALUES (1, 1);\nUPDATE ~s1 SET a = a + 1;\n");
  steps.emplace_back("CREATE TABLE ~s7 (id INT);\n");
  steps.insert(steps.begin(), "CREATE TABLE ~s0 (id INT);\nINSERT INTO ~s0 VALUES (1), (2);\n");
  return steps;
}

std::vector<std::string> looked_after(CaseContext&) {
  return {
      "CREATE TABLE ~care (id INT PRIMARY KEY, a INT, KEY (a));\n"
      "INSERT INTO ~care VALUES (1, 1), (2, 2), (3, 3);\n"
      "ANALYZE TABLE ~care;\n"
      "UPDATE ~care SET a = a + 1;\n"
      "OPTIMIZE TABLE ~care;\n"
      "INSERT INTO ~care SELECT id + 10, a FROM ~care;\n"
      "ANALYZE TABLE ~care;\n"};
}

}  // namespace

std::vector<std::string> many_small_steps(CaseContext& context) {
  constexpr std::size_t count = 8;
  constexpr std::size_t tables = 6;
  std::vector<std::string> steps(count);
  for (std::size_t step = 0; step < count; ++step) {
    for (std::size_t table = 0; table < tables; ++table)
      steps[step] += fmt::format("CREATE TABLE ~p{}{} (id INT PRIMARY KEY);\n", step, table);
  }
  // Two packets behind the one that made them; and in the next one, so that this waits for that.
  steps[4] += "DROP TABLE ~p00;\nCREATE TABLE ~p00 (id INT, n INT);\n";
  if (context.random.chance(50)) steps[6] += "TRUNCATE TABLE ~p51;\n";
  return steps;
}

const std::vector<Case>& table_cases() {
  static const std::vector<Case> all{altered,      altered,        dropped_and_renamed, indexed,
                                     partitioned,  copied,         with_foreign_keys,   emptied,
                                     looked_after, there_and_back, there_and_back,      small_steps,
                                     small_steps};
  return all;
}

}  // namespace migrate::torture
