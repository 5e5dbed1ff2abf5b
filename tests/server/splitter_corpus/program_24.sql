CREATE PROCEDURE p(IN end INT, OUT begin INT) BEGIN SET begin = end; END;SELECT 'next';
-- statements: 2
