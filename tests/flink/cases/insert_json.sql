-- INSERT INTO JSON files and back: nested types, NULLs, DECIMAL, times, bytes; read as text to see what is written.
CREATE TABLE sink (id INT, n DECIMAL(10, 2), d DOUBLE, b BYTES, ts TIMESTAMP(3), dt DATE, tm TIME, a ARRAY<INT>, m MAP<STRING, INT>, r ROW<x INT, y STRING>)
WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'json');
INSERT INTO sink VALUES
    (1, 1.50, 1.5, X'0102', TIMESTAMP '2026-05-04 18:32:11.452', DATE '2026-05-04', TIME '18:32:11', ARRAY[1, 2], MAP['k', 1], ROW(1, 'y')),
    (2, 100.00, 1e20, X'', TIMESTAMP '2026-05-04 18:32:11', DATE '0001-01-01', TIME '00:00:00', ARRAY[1, 3], MAP['k', 2], ROW(2, '"q"'));
INSERT INTO sink (id) VALUES (3);
SELECT * FROM sink;
CREATE TABLE written (line STRING) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'raw');
SELECT * FROM written;
