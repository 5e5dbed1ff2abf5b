SELECT "a\";b";SELECT 'it''s;';SELECT 'a\\';
-- statements: 3
