-- Rotating refresh tokens. Each use of a token replaces it by a new one of the same family (RFC 9700, 4.14.2); a token
-- that was already rotated and comes back means that two parties hold it, and its whole family is revoked.
--
--   * Only SHA-256 of the token is kept. The token must be 256 random bits; then a hash needs neither salt nor
--     stretching, and a copy of this table opens no session. Never log the token itself.
--   * A family is one sign-in on one device. Its tokens form a chain by `parent_id`; `expires_at` is set at sign-in and
--     handed on unchanged, so a family ends at a fixed time however often it is refreshed. `idle_expires_at` moves.
--   * To rotate: in one transaction, lock the family's rows (SELECT id … WHERE family_id = ? FOR UPDATE), then
--     UPDATE the presented token SET rotated_at WHERE it is not rotated, not revoked, not expired. One row changed:
--     insert its successor. None changed: look why, and on reuse revoke the family. The lock keeps a
--     successor from slipping in while its family is being revoked.
--   * A client that lost the answer, or two tabs of one browser, present the same token twice within seconds. How long
--     that is forgiven is the application's choice, decided from `rotated_at`; a successor then has the same parent.
--     A revoked token is never forgiven.
--   * Rows are purged after `expires_at`, not before: a purged token that comes back is unknown, not reused.
--
-- utf8mb4_bin throughout, times in UTC, how to change the shape later: as in outbox.sql, for the same reasons.

CREATE TABLE IF NOT EXISTS refresh_tokens (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'identifies the token in logs, instead of its hash',
  token_hash      BINARY(32)      NOT NULL COMMENT 'SHA-256 of the token',
  family_id       BINARY(16)      NOT NULL COMMENT 'random; the same for all tokens that go back to one sign-in',
  parent_id       BIGINT UNSIGNED NULL COMMENT 'id of the token it was rotated from; NULL: issued at sign-in',
  user_id         BIGINT UNSIGNED NOT NULL COMMENT 'whose session it is',
  client_id       VARCHAR(64)     NOT NULL COMMENT 'application that it was issued to; no other may present it',
  scope           VARCHAR(1000)   NULL COMMENT 'what was granted; a successor never has more',
  device_name     VARCHAR(128)    NULL COMMENT 'shown to the user in the list of sessions',
  user_agent      VARCHAR(512)    NULL COMMENT 'of the request that issued it, cut to length',
  ip_address      VARBINARY(16)   NULL COMMENT 'of the request that issued it; INET6_ATON()',
  issued_at       DATETIME(6)     NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'UTC',
  idle_expires_at DATETIME(6)     NOT NULL COMMENT 'UTC; too late to be used from then on',
  expires_at      DATETIME(6)     NOT NULL COMMENT 'UTC; end of the family; purge after it',
  rotated_at      DATETIME(6)     NULL COMMENT 'UTC; when it was used and replaced; NULL: not yet used',
  reused_at       DATETIME(6)     NULL COMMENT 'UTC; when it came back although rotated or revoked; evidence of theft',
  revoked_at      DATETIME(6)     NULL COMMENT 'UTC; refused from then on',
  revoked_reason  VARCHAR(32)     NULL COMMENT 'logout, reuse, password_changed, user, administrator',
  PRIMARY KEY (id),
  UNIQUE KEY refresh_tokens_hash (token_hash) COMMENT 'look-up of a presented token',
  KEY refresh_tokens_family (family_id) COMMENT 'rotate in, or revoke, one family',
  KEY refresh_tokens_user (user_id, revoked_at) COMMENT 'sessions of a user; revoke them all',
  KEY refresh_tokens_expires (expires_at) COMMENT 'purge in batches',
  CONSTRAINT refresh_tokens_idle_within CHECK (idle_expires_at <= expires_at),
  CONSTRAINT refresh_tokens_reason_known CHECK (revoked_reason IN ('logout', 'reuse', 'password_changed', 'user', 'administrator')),
  CONSTRAINT refresh_tokens_revoked_why CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Hashes of rotating refresh tokens, kept until their family has expired';
