-- Keeps orders.total true from here on: a procedure that sums one order, and a trigger for each way in which its items can
-- change, also through the view order_lines. Deleting, inserting and updating the same order in parallel waits for its row.
-- With the binary log on, creating triggers takes SUPER (or log_bin_trust_function_creators=ON) on either server.
-- migrate: stepwise

-- Without DELIMITER: the server's own grammar says where the body ends.
CREATE PROCEDURE sum_order(IN the_order BIGINT UNSIGNED)
  SQL SECURITY INVOKER
  COMMENT 'sets orders.total of one order'
BEGIN
  UPDATE orders
     SET total = (SELECT COALESCE(SUM(order_items.quantity * order_items.unit_price), 0)
                    FROM order_items
                   WHERE order_items.order_id = the_order)
   WHERE id = the_order;
END;

CREATE TRIGGER order_items_inserted AFTER INSERT ON order_items FOR EACH ROW CALL sum_order(NEW.order_id);

CREATE TRIGGER order_items_deleted AFTER DELETE ON order_items FOR EACH ROW CALL sum_order(OLD.order_id);

-- With DELIMITER, as the mysql command-line client wants a body that has semicolons in it.
DELIMITER //

CREATE TRIGGER order_items_updated AFTER UPDATE ON order_items FOR EACH ROW
BEGIN
  CALL sum_order(NEW.order_id);
  IF OLD.order_id <> NEW.order_id THEN
    CALL sum_order(OLD.order_id);
  END IF;
END//

DELIMITER ;
