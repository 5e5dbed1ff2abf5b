SET foreign_key_checks = 1;
SET sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE';
SET sql_mode = @old_mode;
SET @foreign_key_checks = 0;
