-- Where the next step writes down which customers it merged into which, so that it can be taken back and support can
-- answer "where has customer 3 gone?". Kept after the merge.
-- migrate: stepwise

CREATE TABLE customer_merges (
  merged_id BIGINT UNSIGNED NOT NULL COMMENT 'id of the customer that is gone',
  kept_id BIGINT UNSIGNED NOT NULL COMMENT 'id of the customer that it became',
  email VARCHAR(190) NOT NULL COMMENT 'as it was',
  full_name VARCHAR(120) NOT NULL COMMENT 'as it was',
  remark TEXT COMMENT 'as it was',
  created_at DATETIME NOT NULL COMMENT 'as it was',
  PRIMARY KEY (merged_id),
  KEY customer_merges_kept (kept_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci
  COMMENT = 'Customers that were there twice, as they were before they were merged';

CREATE TABLE customer_merge_orders (
  order_id BIGINT UNSIGNED NOT NULL COMMENT 'order that changed its customer',
  merged_id BIGINT UNSIGNED NOT NULL COMMENT 'customer it belonged to before',
  PRIMARY KEY (order_id),
  KEY customer_merge_orders_merged (merged_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci
  COMMENT = 'Orders that were moved to the customer that was kept';
