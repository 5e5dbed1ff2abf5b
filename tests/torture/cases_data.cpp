#include <fmt/format.h>

#include "cases.h"

namespace migrate::torture {
namespace {

constexpr const char* counters =
    "CREATE TABLE ~c (id INT PRIMARY KEY, n INT NOT NULL);\n"
    "CREATE TABLE ~log (number INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(30), n INT);\n"
    "CREATE TABLE ~bare (n INT);\n"
    "INSERT INTO ~c VALUES (1, 0), (2, 0);\n";

// Whatever is done once too often or too seldom changes the sums.
std::string something_once(Random& random, int number) {
  switch (random.below(4)) {
    case 0:
      return fmt::format("UPDATE ~c SET n = n + {};\n", number);
    case 1:
      return fmt::format("INSERT INTO ~log (what, n) SELECT 'step {}', n FROM ~c;\n", number);
    case 2:
      return fmt::format("INSERT INTO ~bare (n) SELECT n + {} FROM ~c;\n", number);
    default:
      return fmt::format("UPDATE ~c SET n = 2 * n + {} WHERE id = {};\n", number,
                         1 + random.below(2));
  }
}

std::string several_once(Random& random, int many, int first) {
  std::string text;
  for (int number = first; number < first + many; ++number) text += something_once(random, number);
  return text;
}

std::vector<std::string> in_one_transaction(CaseContext& context) {
  return {counters, several_once(context.random, 6, 1), several_once(context.random, 4, 10)};
}

std::vector<std::string> each_by_itself(CaseContext& context) {
  return {counters, "-- migrate: transaction=none\n" + several_once(context.random, 5, 1) +
                        "ALTER TABLE ~c ADD COLUMN note INT;\n" +
                        several_once(context.random, 3, 10)};
}

std::vector<std::string> in_batches(CaseContext& context) {
  return {counters, "-- migrate: transaction=batch(3)\n" + several_once(context.random, 8, 1)};
}

std::vector<std::string> between_schema_changes(CaseContext& context) {
  std::string text = counters;
  for (int number = 1; number < 5; ++number) {
    text += several_once(context.random, 2, 10 * number);
    text += fmt::format("ALTER TABLE ~c ADD COLUMN c{} INT DEFAULT {};\n", number, number);
  }
  return {text + something_once(context.random, 99)};
}

std::vector<std::string> in_its_own_transaction(CaseContext& context) {
  Random& random = context.random;
  return {counters,
          "ALTER TABLE ~bare ADD INDEX (n);\n"
          "BEGIN;\n" +
              several_once(random, 3, 1) +
              "COMMIT;\n"
              "ALTER TABLE ~bare ADD COLUMN m INT DEFAULT 1 FIRST;\n"
              "START TRANSACTION;\n" +
              several_once(random, 2, 10) + "COMMIT;\n" + something_once(random, 20)};
}

std::vector<std::string> under_table_locks(CaseContext& context) {
  Random& random = context.random;
  std::string text =
      "LOCK TABLES ~c WRITE, ~log WRITE, ~bare WRITE, ~spare WRITE;\n" +
      several_once(random, 3, 1) + "ALTER TABLE ~c ADD COLUMN note INT DEFAULT 3;\n" +
      several_once(random, 2, 10) + "/*!40000 ALTER TABLE ~bare DISABLE KEYS */;\n" +
      something_once(random, 20) +
      "/*!40000 ALTER TABLE ~bare ENABLE KEYS */;\n"
      "DROP TABLE ~spare;\n" +
      several_once(random, 2, 30) +
      "ALTER TABLE ~bare ADD COLUMN m INT DEFAULT 5 FIRST;\n"
      "UPDATE ~bare SET m = m + n;\n"
      "UNLOCK TABLES;\n" +
      something_once(random, 40) + "LOCK TABLE ~c WRITE, ~log WRITE, ~bare WRITE;\n" +
      several_once(random, 2, 50);
  if (random.chance(50)) {
    text += "SET autocommit = 0;\n" + several_once(random, 2, 60) + "COMMIT;\n" +
            several_once(random, 2, 70) + "ROLLBACK;\n" + several_once(random, 2, 80) +
            "ALTER TABLE ~c ADD COLUMN own INT;\n" + something_once(random, 90) +
            "COMMIT;\nSET autocommit = 1;\n";
  }
  return {counters, "CREATE TABLE ~spare (n INT);\n" + text + "UNLOCK TABLES;\n" +
                        something_once(random, 99)};
}

std::vector<std::string> with_variables(CaseContext&) {
  return {
      "SET @x = 5;\n"
      "CREATE TABLE ~v (id INT, n INT);\n"
      "INSERT INTO ~v VALUES (1, @x);\n"
      "SET @y = @x + 2;\n"
      "ALTER TABLE ~v ADD COLUMN s VARCHAR(10) DEFAULT 'd';\n"
      "INSERT INTO ~v VALUES (2, @y, 'e');\n"
      "SET @x = 50, @z = 'text';\n"
      "CREATE INDEX of_n ON ~v (n);\n"
      "INSERT INTO ~v VALUES (@x, @y, @z);\n"
      "UPDATE ~v SET n = n + @x;\n"};
}

// What the variables hold is no longer there to be asked for.
std::vector<std::string> counted_before(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~n (id INT PRIMARY KEY, n INT, s VARCHAR(40));\n"
      "CREATE TABLE ~gone (id INT);\n"
      "INSERT INTO ~n VALUES (1, 1, 'a');\n"
      "SET @n = (SELECT COUNT(*) FROM ~n), @d = (SELECT AVG(n) FROM ~n);\n"
      "SET @gone = (SELECT COUNT(*) FROM ~gone);\n"
      "INSERT INTO ~n VALUES (2, 20, 'b');\n"
      "SELECT MAX(id), GROUP_CONCAT(s ORDER BY id) INTO @most, @all FROM ~n;\n"
      "DROP TABLE ~gone;\n"
      "INSERT INTO ~n VALUES (3, @n, @d);\n";
  const int end = 4 + static_cast<int>(context.random.below(4));
  for (int number = 4; number < end; ++number) {
    text += fmt::format(
        "SET @n = (SELECT COUNT(*) FROM ~n);\n"
        "INSERT INTO ~n (id, n, s) VALUES ({0}, 0, NULL);\n"
        "ALTER TABLE ~n ADD COLUMN c{0} INT DEFAULT {0};\n"
        "UPDATE ~n SET n = @n WHERE id = {0};\n",
        number);
  }
  return {text +
          "CREATE INDEX of_n ON ~n (n);\n"
          "INSERT INTO ~n (id, n, s) VALUES (50, @n, @d), (51, @most, @all), (52, @gone, NULL);\n"
          "ALTER TABLE ~n ADD COLUMN last INT DEFAULT 9;\n"
          "INSERT INTO ~n (id, n, s) VALUES (60, @most + @n, @all);\n"};
}

std::vector<std::string> prepared(CaseContext& context) {
  const auto unless_there = [](const std::string& column) {
    return fmt::format(
        "SET @s = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = "
        "DATABASE() AND table_name = '~p' AND column_name = '{0}') = 0, 'ALTER TABLE ~p ADD "
        "COLUMN {0} INT', 'DO 0');\n"
        "PREPARE p FROM @s;\nEXECUTE p;\nDEALLOCATE PREPARE p;\n",
        column);
  };
  std::string text =
      "CREATE TABLE ~p (id INT PRIMARY KEY, n INT);\n"
      "INSERT INTO ~p VALUES (1, 1);\n" +
      unless_there("extra") + "UPDATE ~p SET n = n + 1;\n" + unless_there("n");
  if (context.random.chance(50)) {
    text +=
        "PREPARE add_one FROM 'UPDATE ~p SET n = n + ?';\n"
        "SET @one = 1;\n"
        "EXECUTE add_one USING @one;\n"
        "ALTER TABLE ~p ADD COLUMN between_them INT;\n"
        "EXECUTE add_one USING @one;\n"
        "DEALLOCATE PREPARE add_one;\n";
  }
  return {text};
}

}  // namespace

const std::vector<Case>& data_cases() {
  static const std::vector<Case> all{
      in_one_transaction,     each_by_itself,         in_batches,
      between_schema_changes, in_its_own_transaction, under_table_locks,
      with_variables,         counted_before,         prepared};
  return all;
}

}  // namespace migrate::torture
