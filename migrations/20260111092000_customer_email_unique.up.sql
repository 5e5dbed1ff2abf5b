-- No customer twice from here on. One statement, so that there is no moment without an index on the address.
-- migrate: online=inplace, stepwise
-- migrate: allow=alter-without-algorithm reason="INPLACE with LOCK=NONE is what both servers choose for an index"
-- migrate: allow=unique-on-existing-rows reason="the step before this one merged those that were there twice"

ALTER TABLE customers
  DROP KEY customers_email,
  ADD UNIQUE KEY customers_email_unique (email);
