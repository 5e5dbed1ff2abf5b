CREATE TABLE u (unit_price DECIMAL(10, 2), feedback FLOAT, latitude DOUBLE);
