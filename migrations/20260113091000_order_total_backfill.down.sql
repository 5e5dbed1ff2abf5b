-- Back to "not computed yet". Before this step no order had a sum.

UPDATE orders SET total = NULL;
