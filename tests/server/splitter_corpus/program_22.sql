CREATE PROCEDURE p() BEGIN SELECT end, begin, t.case, t.if, `if`, @end FROM end; END;SELECT 'next';
-- statements: 2
