-- Gives the schema the default that it had. ALTER DATABASE can be neither parametrised nor (on MySQL) prepared, so the
-- collations that this schema may come from are listed; another one is refused, not guessed.

CREATE PROCEDURE restore_schema_default()
  SQL SECURITY INVOKER
BEGIN
  DECLARE before_alignment VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
  SELECT collation_name INTO before_alignment FROM schema_default_before WHERE only_row = 1;
  CASE before_alignment
    WHEN 'latin1_swedish_ci' THEN ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci;
    WHEN 'utf8mb3_general_ci' THEN ALTER DATABASE CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci;
    WHEN 'utf8mb3_unicode_ci' THEN ALTER DATABASE CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci;
    WHEN 'utf8mb4_general_ci' THEN ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
    WHEN 'utf8mb4_unicode_ci' THEN ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    WHEN 'utf8mb4_unicode_520_ci' THEN ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
    WHEN 'utf8mb4_bin' THEN ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    /*!80000 WHEN 'utf8mb4_0900_ai_ci' THEN ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci; */
    ELSE SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the former default collation (table schema_default_before) is not listed in this file; add it';
  END CASE;
END;

CALL restore_schema_default();

DROP PROCEDURE restore_schema_default;

DROP TABLE schema_default_before;
