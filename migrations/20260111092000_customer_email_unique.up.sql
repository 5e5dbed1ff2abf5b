-- No customer twice from here on. One statement, so that there is no moment without an index on the address.
-- migrate: online=inplace, stepwise

ALTER TABLE customers
  DROP KEY customers_email,
  ADD UNIQUE KEY customers_email_unique (email);
