SET sql_mode='ANSI_QUOTES';SELECT 1 AS "a\";SELECT 2;
-- statements: 3
