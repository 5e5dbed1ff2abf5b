-- A new table without a charset of its own takes the schema's default, and that is how the drift began. From here on
-- the default is the one collation that the project uses for what people write: utf8mb4_unicode_520_ci.
--   * MariaDB and MySQL both have it, with the same order; utf8mb4_0900_ai_ci is unknown to MariaDB 10.11.
--   * It follows Unicode also beyond the BMP, where utf8mb4_general_ci and utf8mb4_unicode_ci hold all emoji equal.
-- The default changes no table that exists. What it was before is written down for the way back.
-- migrate: allow=mixed-ddl-and-data reason="one row, written down before the statement that changes it"

CREATE TABLE schema_default_before (
  only_row TINYINT UNSIGNED NOT NULL COMMENT 'always 1',
  collation_name VARCHAR(64) NOT NULL COMMENT 'default collation of the schema before it was aligned',
  PRIMARY KEY (only_row),
  CONSTRAINT schema_default_before_once CHECK (only_row = 1)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci
  COMMENT = 'What the step 20260106090000 needs to be taken back';

INSERT INTO schema_default_before (only_row, collation_name)
SELECT 1, default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE();

ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
