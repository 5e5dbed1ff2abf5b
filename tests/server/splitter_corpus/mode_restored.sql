SET @o=@@sql_mode, sql_mode='NO_BACKSLASH_ESCAPES';SELECT 'a\';SET sql_mode=@o;SELECT 'a\';';
-- statements: 4
