#include "support/hard_schema.h"

namespace migrate::testing {
namespace {

// In both.
const std::vector<std::string> common{
    R"(CREATE TABLE parent (
         id int NOT NULL, k2 int NOT NULL, `loop` int DEFAULT NULL,
         PRIMARY KEY (id), UNIQUE KEY both_ids (id, k2)))",
    R"(CREATE TABLE `a``b"c'd` (
         `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s a "comment"
with a newline, `ticks`, a \\ and ; -- and /* no comment',
         `select` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x''y\\z',
         `größe` decimal(10,2) NOT NULL DEFAULT (1+2),
         ts timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
         uq int unsigned NOT NULL,
         g int GENERATED ALWAYS AS (uq + 1) VIRTUAL,
         h varchar(40) GENERATED ALWAYS AS (concat(`select`, ',(')) STORED COMMENT 'stored',
         e enum('a,b','c)d','e''f') DEFAULT NULL,
         s set('x','y') NOT NULL DEFAULT 'x,y',
         b bit(3) DEFAULT b'101',
         j json DEFAULT NULL,
         f float, d double unsigned zerofill, neg int DEFAULT -5, num double DEFAULT 1.5e10,
         txt text NOT NULL,
         `ПРИВЕТ 漢字` char(3) COLLATE utf8mb4_unicode_ci DEFAULT '🙂',
         PRIMARY KEY (id),
         KEY z_first (f) COMMENT 'idx ''comment''',
         UNIQUE KEY `u``q` (uq),
         KEY k1 (`select`(5), `größe` DESC),
         FULLTEXT KEY ft (txt),
         CONSTRAINT `chk(1)` CHECK (`größe` > 0 AND `select` <> ')'),
         CHECK (uq < 100))
       ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci ROW_FORMAT=DYNAMIC
       COMMENT='table; comment ''x'' AUTO_INCREMENT=7 \\')",
    "INSERT INTO `a``b\"c'd` (`select`, uq, txt) VALUES ('x', 41, 'y')",
    R"(CREATE TABLE child (
         id int NOT NULL, pid int, p2 int, sp int,
         CONSTRAINT `fk``1` FOREIGN KEY (pid, p2) REFERENCES parent (id, k2)
           ON DELETE CASCADE ON UPDATE SET NULL,
         FOREIGN KEY (sp) REFERENCES parent (id)) DEFAULT CHARSET=latin1)",
    "ALTER TABLE parent ADD CONSTRAINT in_a_circle FOREIGN KEY (`loop`) REFERENCES aside (id)",
    R"(CREATE TABLE part (id int NOT NULL, d date NOT NULL, PRIMARY KEY (id, d))
       PARTITION BY RANGE (YEAR(d)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2
       (PARTITION `p 1` VALUES LESS THAN (2000) COMMENT = 'x)', PARTITION p2 VALUES LESS THAN MAXVALUE))",
    R"(CREATE TABLE listed (c varchar(5) NOT NULL, n int) PARTITION BY LIST COLUMNS (c)
       (PARTITION a VALUES IN ('a', 'b,c'), PARTITION z VALUES IN ('z')))",
    "CREATE TABLE `order` (id int NOT NULL, `key` int, shape point NOT NULL, PRIMARY KEY (id),"
    " SPATIAL KEY (shape))",
    "CREATE VIEW v_on_z AS SELECT o.id, f1(o.`key`) AS x FROM `order` o JOIN z_view z USING (id)",
    "CREATE SQL SECURITY INVOKER VIEW `a view` AS SELECT x FROM v_on_z WHERE x > 1"
    " WITH CASCADED CHECK OPTION",
    "CREATE VIEW with_other AS SELECT i.table_name, z.id FROM information_schema.tables i, z_view "
    "z",
    "CREATE TRIGGER `tr 1` BEFORE INSERT ON parent FOR EACH ROW BEGIN SET NEW.id = NEW.id; END",
    "CREATE TRIGGER a_second BEFORE INSERT ON parent FOR EACH ROW SET NEW.k2 = NEW.k2",
    "create trigger a_zeroth before insert on parent for each row precedes `tr 1` set @x = ';'",
    R"(CREATE PROCEDURE `p;1`(IN a INT, OUT b VARCHAR(10)) READS SQL DATA COMMENT 'c''x'
BEGIN /* hello */
  SET b = 'größe;';
  IF a > 1 THEN SELECT 1; END IF;
END)",
    "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES', collation_connection = latin1_bin",
    R"(CREATE FUNCTION f2(a INT) RETURNS VARCHAR(10) CHARSET latin1 DETERMINISTIC
         SQL SECURITY INVOKER RETURN CONCAT('\', 'x;'))",
    R"(CREATE PROCEDURE commented(comment INT) COMMENT 'a\b''c
\n%' SELECT '\')",
    R"(CREATE EVENT with_a_comment ON SCHEDULE EVERY 1 DAY DISABLE COMMENT 'd\e''\' DO SELECT 1)",
    "SET SESSION sql_mode = DEFAULT, collation_connection = utf8mb4_unicode_520_ci",
    R"(CREATE TABLE bytes (
         fixed binary(4) NOT NULL DEFAULT X'00FF5C27', varied varbinary(9) DEFAULT X'DEAD00',
         plain varbinary(9) DEFAULT 'a\\''b', none varbinary(9) DEFAULT ''))",
    "ALTER TABLE part STATS_PERSISTENT = 1, STATS_SAMPLE_PAGES = 9, MAX_ROWS = 7",
    "CREATE EVENT `every day` ON SCHEDULE EVERY 1 DAY DISABLE COMMENT 'it''s'"
    " DO BEGIN DELETE FROM parent; END",
    "SET time_zone = '+02:00'",
    "CREATE EVENT once ON SCHEDULE AT '2037-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE"
    " DO DELETE FROM parent",
    "CREATE EVENT since ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2037-01-01 00:00:00'"
    " ENDS '2038-01-01 00:00:00' DISABLE DO DELETE FROM parent",
    "SET time_zone = '+00:00'",
};

const std::vector<std::string> before{
    // A circle of foreign keys, and what is used before its turn by name.
    "CREATE TABLE aside (id int NOT NULL, pid int, PRIMARY KEY (id))",
    "CREATE TABLE z_table (id int NOT NULL, PRIMARY KEY (id))",
    "CREATE VIEW z_view AS SELECT id FROM z_table",
    "CREATE FUNCTION f1(a INT) RETURNS INT DETERMINISTIC NO SQL RETURN a + 1",
};

const std::vector<std::string> only_mysql{
    R"(CREATE TABLE functional (
         id int, a int, c varchar(30), hidden int INVISIBLE DEFAULT 3,
         KEY fk ((a+1), id), KEY inv (a) INVISIBLE, UNIQUE KEY `ca(st` ((cast(c AS char(10)))),
         p point NOT NULL SRID 4326, SPATIAL KEY (p), CONSTRAINT cx CHECK (a > 1) NOT ENFORCED))",
    "CREATE TABLE by_key (id int) PARTITION BY KEY (id) PARTITIONS 3",
    "CREATE TABLE in_the_system (id int) TABLESPACE = innodb_system",
    "CREATE TABLE alone (id int, KEY shown (id)) TABLESPACE = innodb_file_per_table"
    " COMPRESSION = 'zlib'",
    "ALTER TABLE alone ALTER INDEX shown INVISIBLE",
    "ALTER TABLE functional ALTER INDEX inv VISIBLE",
    "ALTER TABLE functional ALTER INDEX inv INVISIBLE, ALTER INDEX fk INVISIBLE",
};

const std::vector<std::string> only_mariadb{
    "CREATE SEQUENCE sq START 5 INCREMENT BY 2",
    "SELECT NEXTVAL(sq)",
    R"(CREATE TABLE of_mariadb (
         id int, a int DEFAULT (NEXTVAL(sq)), hidden int INVISIBLE DEFAULT 3, u uuid, i6 inet6,
         c2 varchar(10) CHECK (c2 <> 'a,b'), bl blob COMPRESSED, ub text,
         KEY i (id) IGNORED, UNIQUE (ub), CHECK (a > 0)) PAGE_COMPRESSED=1)",
    "CREATE TABLE engines_own (id int, KEY i (id)) ENGINE=InnoDB PAGE_COMPRESSION_LEVEL=9"
    " PAGE_COMPRESSED=1",
    "ALTER TABLE engines_own ALTER INDEX i IGNORED",
    "ALTER TABLE engines_own ENCRYPTED = 'NO'",
    "CREATE TABLE of_aria (id int) ENGINE=Aria TRANSACTIONAL=1 PAGE_CHECKSUM=1",
    "CREATE VIEW counted AS SELECT NEXTVAL(sq) AS n, LASTVAL(sq) AS l",
    "CREATE TABLE versioned (id int, x int) WITH SYSTEM VERSIONING",
    R"(CREATE TABLE rotated (x int) WITH SYSTEM VERSIONING
       PARTITION BY SYSTEM_TIME INTERVAL 1 DAY (PARTITION p0 HISTORY, PARTITION pn CURRENT))",
    R"(CREATE TABLE rotated_since (x int) WITH SYSTEM VERSIONING
       PARTITION BY SYSTEM_TIME INTERVAL 1 HOUR STARTS TIMESTAMP'2020-01-01 00:30:00'
       (PARTITION p0 HISTORY, PARTITION pn CURRENT))",
    R"(CREATE TABLE versioned_too (
         id int, x int, y int WITHOUT SYSTEM VERSIONING,
         rs timestamp(6) GENERATED ALWAYS AS ROW START, re timestamp(6) GENERATED ALWAYS AS ROW END,
         PERIOD FOR SYSTEM_TIME (rs, re)) WITH SYSTEM VERSIONING)",
    R"(CREATE TABLE `when` (id int, a date, b date, PERIOD FOR app (a, b),
         UNIQUE (id, app WITHOUT OVERLAPS)))",
    "SET SESSION sql_mode = ORACLE",
    "CREATE PACKAGE pk1 AS PROCEDURE p(); END",
    "CREATE PACKAGE BODY pk1 AS PROCEDURE p() AS BEGIN SELECT 1; END; END",
    "SET SESSION sql_mode = DEFAULT",
    R"(CREATE AGGREGATE FUNCTION agg(x INT) RETURNS INT
BEGIN
  DECLARE t INT DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN t;
  LOOP FETCH GROUP NEXT ROW; SET t = t + 1; END LOOP;
END)",
};

void append(std::vector<std::string>& statements, const std::vector<std::string>& more) {
  statements.insert(statements.end(), more.begin(), more.end());
}

}  // namespace

std::vector<std::string> hard_schema(core::ServerFamily family) {
  std::vector<std::string> statements = before;
  append(statements, common);
  append(statements, {"ALTER TABLE aside ADD FOREIGN KEY (pid) REFERENCES parent (id)"});
  append(statements, family == core::ServerFamily::mariadb ? only_mariadb : only_mysql);
  return statements;
}

}  // namespace migrate::testing
