-- A transactional outbox: what a transaction decides to tell the world is inserted here by that same
-- transaction, and workers deliver it afterwards, at least once. How to run it: runbooks/operating-the-outbox.md.
--
-- The rules the shape enforces:
--   * A message is in exactly one place. Undelivered and delivered messages are in `outbox`; one that was given up
--     is moved to `outbox_dead_letter`, and moved back by a requeue under the same id.
--   * There is no state column that could contradict the times. `available_at` is the moment from which a worker may
--     claim the message, and NULL once it is delivered. A claim moves it to the end of the lease, so that a dead
--     worker's messages become due by themselves. (Not a generated column: MySQL 9.7 computes those before it
--     fills in the defaults that they depend on, and refuses the INSERT.)
--   * A claim is one range of the index (available_at, id), already in order: no sort, so SKIP LOCKED locks only the rows
--     it returns, and delivered rows cost it nothing however many are kept.
--
-- Rules for its users that no table can enforce:
--   * Workers claim under READ COMMITTED. Under REPEATABLE READ a claim locks the gap that new messages go to.
--   * `aggregate_sequence` is the aggregate's own version, taken while the aggregate is locked; never
--     MAX(aggregate_sequence) + 1 of this table, which starts again after a purge.
--   * Consumers drop repeats by `id`, or by `dedup_key` where the producer gives one.
--
-- JSON is MEDIUMTEXT with a CHECK. MariaDB's JSON is a text with a check, MySQL's is a binary form that sorts keys and
-- drops duplicates: as text, both give back the bytes that were put in, and JSON functions work on both.
-- (MariaDB accepts 32 levels of nesting, MySQL 100.)
--
-- utf8mb4_bin throughout: every text here is an identifier, a document or a message of a machine. Compared by bytes,
-- 'abC' and 'abc' are two aggregates, and no server's version of Unicode has a say. Both servers have it, which is
-- not so for utf8mb4_0900_ai_ci (MySQL) or utf8mb4_uca1400_ai_ci (MariaDB).
--
-- All times are UTC: from UTC_TIMESTAMP(6), never NOW(), which follows the session's time zone.
--
-- This file is applied again when it changes, and CREATE TABLE IF NOT EXISTS leaves an existing table alone. To change
-- the shape, change it here and add, below the tables, an ALTER that runs only where it is needed:
--   SET @alter = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
--                      AND table_name = 'outbox' AND column_name = 'new_column') = 0,
--                   'ALTER TABLE outbox ADD COLUMN new_column …', 'DO 0');
--   PREPARE alter_statement FROM @alter; EXECUTE alter_statement; DEALLOCATE PREPARE alter_statement;

CREATE TABLE IF NOT EXISTS outbox (
  id                 BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT COMMENT 'identifies the message to consumers; kept when it is requeued',
  aggregate_type     VARCHAR(64)       NOT NULL COMMENT 'kind of thing the message is about, e.g. order; workers route by it',
  aggregate_id       VARCHAR(128)      NOT NULL COMMENT 'which one of its kind; usually the key of the broker message',
  aggregate_sequence BIGINT UNSIGNED   NULL COMMENT 'version of the aggregate that the message tells of; NULL: no order needed',
  message_type       VARCHAR(128)      NOT NULL COMMENT 'what happened, e.g. order_paid.v1',
  headers            MEDIUMTEXT        NULL COMMENT 'JSON object passed on with the message, e.g. traceparent',
  payload            MEDIUMTEXT        NOT NULL COMMENT 'JSON document, given back byte for byte',
  dedup_key          VARCHAR(128)      NULL COMMENT 'given by the producer: a second message with the same key is refused while the first is kept',
  trace_id           VARCHAR(64)       NULL COMMENT 'trace of the request that wrote the message',
  created_at         DATETIME(6)       NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'UTC; when the message was written',
  available_at       DATETIME(6)       NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'UTC; claimable from this time: schedule, back-off, hold or end of the lease; NULL: delivered',
  attempts           SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'claims so far, counted when claimed so that a crash counts; fences a late worker',
  max_attempts       SMALLINT UNSIGNED NOT NULL DEFAULT 12 COMMENT 'after so many attempts the message goes to outbox_dead_letter',
  requeues           SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'times it came back from outbox_dead_letter',
  locked_by          VARCHAR(128)      NULL COMMENT 'worker that holds the lease, e.g. host:pid; NULL: nobody',
  locked_until       DATETIME(6)       NULL COMMENT 'UTC; end of the lease, from when anybody may claim again',
  last_error_code    VARCHAR(64)       NULL COMMENT 'class of the last failure, short and countable, e.g. broker_timeout',
  last_error         VARCHAR(4000)     NULL COMMENT 'text of the last failure, without secrets',
  last_error_at      DATETIME(6)       NULL COMMENT 'UTC; when it last failed',
  delivered_at       DATETIME(6)       NULL COMMENT 'UTC; when the broker confirmed it; NULL: not yet',
  PRIMARY KEY (id),
  UNIQUE KEY outbox_dedup (dedup_key) COMMENT 'a repeated write of the same message',
  UNIQUE KEY outbox_order (aggregate_type, aggregate_id, aggregate_sequence) COMMENT 'one message for each version of an aggregate',
  KEY outbox_due (available_at, id) COMMENT 'the claim',
  KEY outbox_undelivered (aggregate_type, aggregate_id, delivered_at, aggregate_sequence) COMMENT 'is an earlier message of the same aggregate undelivered?',
  KEY outbox_delivered (delivered_at, id) COMMENT 'purge; and with NULL the oldest undelivered',
  CONSTRAINT outbox_available_unless_delivered CHECK ((available_at IS NULL) = (delivered_at IS NOT NULL)),
  CONSTRAINT outbox_delivered_unleased CHECK (delivered_at IS NULL OR locked_by IS NULL),
  CONSTRAINT outbox_headers_json CHECK (headers IS NULL OR JSON_VALID(headers)),
  CONSTRAINT outbox_lease_not_due CHECK (locked_until IS NULL OR available_at >= locked_until),
  CONSTRAINT outbox_lease_whole CHECK ((locked_by IS NULL) = (locked_until IS NULL)),
  CONSTRAINT outbox_payload_json CHECK (JSON_VALID(payload)),
  CONSTRAINT outbox_tries_once CHECK (max_attempts > 0)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Messages to deliver, and delivered ones until they are purged';

CREATE TABLE IF NOT EXISTS outbox_dead_letter (
  id                 BIGINT UNSIGNED   NOT NULL COMMENT 'id the message had in outbox and gets back when requeued',
  aggregate_type     VARCHAR(64)       NOT NULL COMMENT 'as in outbox',
  aggregate_id       VARCHAR(128)      NOT NULL COMMENT 'as in outbox',
  aggregate_sequence BIGINT UNSIGNED   NULL COMMENT 'as in outbox',
  message_type       VARCHAR(128)      NOT NULL COMMENT 'as in outbox',
  headers            MEDIUMTEXT        NULL COMMENT 'as in outbox',
  payload            MEDIUMTEXT        NOT NULL COMMENT 'as in outbox',
  dedup_key          VARCHAR(128)      NULL COMMENT 'as in outbox; does not refuse a new message with the same key',
  trace_id           VARCHAR(64)       NULL COMMENT 'as in outbox',
  created_at         DATETIME(6)       NOT NULL COMMENT 'UTC; when the message was written to outbox',
  attempts           SMALLINT UNSIGNED NOT NULL COMMENT 'attempts made before it was given up',
  max_attempts       SMALLINT UNSIGNED NOT NULL COMMENT 'as in outbox',
  requeues           SMALLINT UNSIGNED NOT NULL COMMENT 'times it had been requeued before',
  final_error_code   VARCHAR(64)       NOT NULL COMMENT 'class of the failure that ended it; unknown: its worker died without a word',
  final_error        VARCHAR(4000)     NULL COMMENT 'text of the failure that ended it',
  moved_at           DATETIME(6)       NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'UTC; when it was given up',
  PRIMARY KEY (id),
  KEY outbox_dead_letter_aggregate (aggregate_type, aggregate_id, aggregate_sequence) COMMENT 'what an aggregate lost; strict claims ask it',
  KEY outbox_dead_letter_moved (moved_at) COMMENT 'newest first; alerts',
  CONSTRAINT outbox_dead_letter_headers_json CHECK (headers IS NULL OR JSON_VALID(headers)),
  CONSTRAINT outbox_dead_letter_payload_json CHECK (JSON_VALID(payload))
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Messages given up after max_attempts, until somebody requeues or deletes them';
