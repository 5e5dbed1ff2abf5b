CREATE TABLE u (
  unit_price FLOAT, -- bad
  TotalAmount DOUBLE PRECISION, -- bad
  fees REAL -- bad
);
