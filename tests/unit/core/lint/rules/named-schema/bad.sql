USE other; -- bad
ALTER TABLE shop.t ADD COLUMN c INT NULL; -- bad
DELETE FROM `shop`.t WHERE id = 1; -- bad
CREATE DATABASE reports; -- bad
