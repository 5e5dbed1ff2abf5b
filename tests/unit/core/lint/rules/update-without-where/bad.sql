UPDATE t SET a = 1; -- bad
UPDATE t SET a = (SELECT b FROM u WHERE u.id = t.id); -- bad
UPDATE t SET a = 'x WHERE y' WHERE TRUE; -- bad
