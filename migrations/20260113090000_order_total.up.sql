-- A place for the sum of an order. NULL means "not computed yet"; the next step fills it in.
-- The column comes last and may be NULL, so no row is touched.
-- migrate: online=instant, stepwise
-- migrate: allow=alter-without-algorithm reason="INSTANT is what both servers choose for a last column that may be NULL"

ALTER TABLE orders
  ADD COLUMN total DECIMAL(14, 2) NULL COMMENT 'sum of quantity * unit_price over order_items; NULL: not computed yet';
