CREATE PROCEDURE p() lp: LOOP SET @a = 1; LEAVE lp; END LOOP lp;SELECT 'next';
-- statements: 2
