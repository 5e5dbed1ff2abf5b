SET foreign_key_checks = 0; -- bad
SET SESSION unique_checks = OFF; -- bad
SET sql_mode = ''; -- bad
