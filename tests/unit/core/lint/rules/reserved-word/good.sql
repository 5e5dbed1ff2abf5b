CREATE TABLE orders (`status` INT, name INT, `date` DATE, `my column` INT);
