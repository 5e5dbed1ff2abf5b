SET sql_mode='NO_BACKSLASH_ESCAPES';SELECT 'a\';SELECT 2;
-- statements: 3
