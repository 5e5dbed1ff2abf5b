SET sql_log_bin = 1;
