-- The sums can be computed again at any time: nothing is lost with them.
-- migrate: stepwise
-- migrate: allow=alter-without-algorithm reason="one column, dropped when nobody needs the sums: a rebuild is accepted"

ALTER TABLE orders DROP COLUMN total;
