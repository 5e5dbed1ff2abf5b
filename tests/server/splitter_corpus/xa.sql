XA BEGIN 'x'; XA END 'x'; XA ROLLBACK 'x';
-- statements: 3
