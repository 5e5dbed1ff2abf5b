-- Back to "not computed yet". Before this step no order had a sum.

-- migrate: allow=update-without-where reason="before the up script no order had a sum"
UPDATE orders SET total = NULL;
