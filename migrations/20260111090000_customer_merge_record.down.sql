-- The step after this one has been taken back by now, and has emptied both tables.
-- migrate: stepwise

DROP TABLE customer_merge_orders;

DROP TABLE customer_merges;
