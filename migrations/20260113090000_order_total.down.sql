-- The sums can be computed again at any time: nothing is lost with them.
-- migrate: stepwise

ALTER TABLE orders DROP COLUMN total;
