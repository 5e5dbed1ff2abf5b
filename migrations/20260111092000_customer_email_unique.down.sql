-- The address may be there twice again.
-- migrate: online=inplace, stepwise

ALTER TABLE customers
  DROP KEY customers_email_unique,
  ADD KEY customers_email (email);
