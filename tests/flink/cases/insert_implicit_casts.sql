-- Which types INSERT converts by itself: numbers widen, lengths and precisions bend; strings and numbers do not mix.
CREATE TABLE sink (l BIGINT, d DOUBLE, n DECIMAL(10, 1), s VARCHAR(3), c CHAR(5), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'json');
INSERT INTO sink SELECT 1, 2, 2.25, 'abcdef', 'ab', TIMESTAMP '2026-05-04 10:00:00.123456';
SELECT * FROM sink;
CREATE TABLE sink2 (i INT) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out2', 'format' = 'json');
INSERT INTO sink2 SELECT CAST(2147483648 AS BIGINT);
INSERT INTO sink2 SELECT 2.7;
INSERT INTO sink2 SELECT '1';
INSERT INTO sink2 SELECT DATE '2026-05-04';
