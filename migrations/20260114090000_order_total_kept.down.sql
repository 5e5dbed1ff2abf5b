-- The triggers before the procedure that they call. The sums stay, and begin to grow stale.
-- migrate: stepwise

DROP TRIGGER order_items_updated;

DROP TRIGGER order_items_deleted;

DROP TRIGGER order_items_inserted;

DROP PROCEDURE sum_order;
