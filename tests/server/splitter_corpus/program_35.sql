-- only: mariadb
CREATE PACKAGE p PROCEDURE a(); FUNCTION b() RETURNS INT; END;SELECT 'next';
-- statements: 2
