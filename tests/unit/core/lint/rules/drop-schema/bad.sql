DROP DATABASE shop; -- bad
