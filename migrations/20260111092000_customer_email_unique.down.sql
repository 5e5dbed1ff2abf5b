-- The address may be there twice again.
-- migrate: online=inplace, stepwise
-- migrate: allow=alter-without-algorithm reason="INPLACE with LOCK=NONE is what both servers choose for an index"

ALTER TABLE customers
  DROP KEY customers_email_unique,
  ADD KEY customers_email (email);
