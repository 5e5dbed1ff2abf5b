INSERT INTO t (a) VALUES (UUID()); -- bad
UPDATE t SET a = LOAD_FILE('/x') WHERE b = USER(); -- bad 2
DO SLEEP(5); -- bad
