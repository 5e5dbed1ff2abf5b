#include "cases.h"

namespace migrate::torture {
namespace {

std::vector<std::string> views(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~base (id INT PRIMARY KEY, a INT);\n"
      "INSERT INTO ~base VALUES (1, 1), (2, 4);\n"
      "CREATE VIEW ~one AS SELECT id FROM ~base;\n"
      "CREATE VIEW ~two AS SELECT id, a FROM ~base WHERE a > 1;\n"
      "CREATE VIEW ~three AS SELECT o.id FROM ~one o JOIN ~two t ON o.id = t.id;\n"
      "CREATE OR REPLACE VIEW ~one AS SELECT id, a * 2 AS doubled FROM ~base;\n"
      "INSERT INTO ~base SELECT id + 10, a FROM ~two;\n"
      "ALTER VIEW ~two AS SELECT id, a FROM ~base WHERE a > 2;\n";
  if (context.random.chance(50)) {
    text +=
        "CREATE OR REPLACE VIEW ~fresh AS SELECT 1 AS one;\n"
        "CREATE OR REPLACE VIEW ~fresh AS SELECT 1 AS one;\n";
  }
  const std::string dropped = context.random.chance(50)
                                  ? "DROP VIEW ~three;\nDROP VIEW IF EXISTS ~two, ~nothing;\n"
                                  : "DROP VIEW ~three, ~two;\n";
  return {text, dropped};
}

std::vector<std::string> triggers(CaseContext& context) {
  std::string made =
      "CREATE TABLE ~watched (id INT AUTO_INCREMENT PRIMARY KEY, a INT);\n"
      "CREATE TABLE ~seen (n INT);\n"
      "INSERT INTO ~seen VALUES (0);\n"
      "CREATE TRIGGER ~count AFTER INSERT ON ~watched FOR EACH ROW UPDATE ~seen SET n = n + 1;\n"
      "INSERT INTO ~watched (a) VALUES (1), (2);\n"
      "DELIMITER //\n"
      "CREATE TRIGGER ~more BEFORE INSERT ON ~watched FOR EACH ROW\n"
      "BEGIN\n"
      "  SET NEW.a = NEW.a + 100;\n"
      "  UPDATE ~seen SET n = n + 10;\n"
      "END//\n"
      "DELIMITER ;\n"
      "INSERT INTO ~watched (a) SELECT a FROM ~watched;\n"
      "DROP TRIGGER ~count;\n";
  if (context.family == core::ServerFamily::mariadb) {
    made +=
        "CREATE OR REPLACE TRIGGER ~more BEFORE INSERT ON ~watched FOR EACH ROW SET NEW.a = 7;\n";
  }
  return {made,
          "INSERT INTO ~watched (a) VALUES (5);\nDROP TRIGGER IF EXISTS ~nothing;\n"
          "ALTER TABLE ~watched ADD COLUMN b INT;\n"};
}

std::vector<std::string> routines(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~made (a INT, b INT);\n"
      "CREATE FUNCTION ~twice (n INT) RETURNS INT DETERMINISTIC RETURN n * 2;\n"
      "INSERT INTO ~made VALUES (1, ~twice(1));\n"
      "DELIMITER $$\n"
      "CREATE PROCEDURE ~fill (IN many INT)\n"
      "BEGIN\n"
      "  DECLARE i INT DEFAULT 0;\n"
      "  WHILE i < many DO\n"
      "    INSERT INTO ~made VALUES (i, ~twice(i));\n"
      "    SET i = i + 1;\n"
      "  END WHILE;\n"
      "END$$\n"
      "DELIMITER ;\n"
      "ALTER PROCEDURE ~fill COMMENT 'fills';\n"
      "INSERT INTO ~made SELECT a + 1, ~twice(a + 1) FROM ~made;\n"
      "CREATE PROCEDURE ~short () SELECT 1;\n"
      "DROP PROCEDURE ~short;\n";
  if (context.random.chance(50)) text += "DROP FUNCTION IF EXISTS ~nothing;\n";
  if (context.random.chance(50)) {
    text +=
        "DROP FUNCTION ~twice;\n"
        "CREATE FUNCTION ~twice (n BIGINT) RETURNS BIGINT DETERMINISTIC RETURN n + n;\n";
  }
  return {text};
}

// None of them is ever due, and none takes its start from the clock.
std::vector<std::string> events(CaseContext& context) {
  std::string text =
      "CREATE TABLE ~ticks (n INT);\n"
      "CREATE EVENT ~tick ON SCHEDULE EVERY 1 YEAR STARTS '2037-01-01 00:00:00' DO INSERT INTO "
      "~ticks VALUES (1);\n"
      "CREATE EVENT ~tock ON SCHEDULE AT '2037-06-01 00:00:00' DO DELETE FROM ~ticks;\n"
      "ALTER EVENT ~tick COMMENT 'yearly';\n"
      "INSERT INTO ~ticks VALUES (1);\n"
      "ALTER EVENT ~tick RENAME TO ~renamed;\n"
      "UPDATE ~ticks SET n = n + 1;\n"
      "DROP EVENT ~tock;\n";
  if (context.random.chance(50)) text += "ALTER EVENT ~renamed DISABLE;\n";
  return {text};
}

}  // namespace

const std::vector<Case>& program_cases() {
  static const std::vector<Case> all{views, triggers, routines, events};
  return all;
}

}  // namespace migrate::torture
