-- INSERT INTO Avro files and back: every type, NULLs, nested.
CREATE TABLE sink (id INT, s STRING, b BOOLEAN, l BIGINT, f FLOAT, d DOUBLE, n DECIMAL(10, 2), y BYTES, ts TIMESTAMP(3), dt DATE, tm TIME, a ARRAY<INT>, m MAP<STRING, INT>, r ROW<x INT, z STRING>)
WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'avro', 'avro.codec' = 'deflate');
INSERT INTO sink VALUES
    (1, 'plain', TRUE, 9223372036854775807, CAST(1.5 AS FLOAT), 1e300, 1.50, X'0102', TIMESTAMP '2026-05-04 18:32:11.452', DATE '2026-05-04', TIME '18:32:11', ARRAY[1, 2], MAP['k', 1], ROW(1, 'y')),
    (2, '', FALSE, -1, CAST(-1.5 AS FLOAT), -0.5, -12345678.90, X'', TIMESTAMP '1969-12-31 23:59:59.999', DATE '1969-12-31', TIME '00:00:00', ARRAY[1, 3], MAP['k', 2], ROW(2, 'z'));
INSERT INTO sink (id) VALUES (3);
SELECT * FROM sink;
SELECT r.z, a[2], m['k'], n FROM sink;
