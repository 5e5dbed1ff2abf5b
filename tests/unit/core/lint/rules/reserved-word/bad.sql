CREATE TABLE `order` ( -- bad
  `key` INT, -- bad
  `rank` INT -- bad
);
ALTER TABLE t
  RENAME COLUMN a TO `offset`; -- bad
CREATE VIEW `groups` AS SELECT 1 AS one; -- bad
