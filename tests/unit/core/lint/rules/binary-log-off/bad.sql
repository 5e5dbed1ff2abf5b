SET sql_log_bin = 0; -- bad
SET SESSION sql_log_bin = OFF; -- bad
