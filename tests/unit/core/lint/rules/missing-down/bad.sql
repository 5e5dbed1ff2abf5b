-- A step.
SELECT 1; -- bad
