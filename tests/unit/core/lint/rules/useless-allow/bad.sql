-- migrate: allow=drop-table reason="here a rule finds nothing -- bad"
SELECT 1;
-- migrate: allow=drop-view reason="here neither -- bad"
SELECT 2;
