SET GLOBAL max_connections = 5; -- bad
SET @@PERSIST.sort_buffer_size = 1; -- bad
SET SESSION sort_buffer_size = 1, GLOBAL max_connections = 2; -- bad
