SET SESSION sort_buffer_size = 1;
SET @global = 1;
SET NAMES utf8mb4;
