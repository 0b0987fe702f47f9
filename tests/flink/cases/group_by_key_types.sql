-- Keys of every kind: DOUBLE with NaN, zero and minus zero, DECIMAL of other scales, BOOLEAN, padded strings, times, bytes, rows.
CREATE TABLE k (d DOUBLE, l BIGINT, s STRING, b BOOLEAN, n DECIMAL(10, 2))
WITH ('connector' = 'filesystem', 'path' = '${DATA}/keys.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT d, COUNT(*) AS c FROM k GROUP BY d;
SELECT s, COUNT(*) AS c FROM k GROUP BY s;
SELECT b, COUNT(*) AS c, SUM(d) AS sd, MIN(d) AS lo, MAX(d) AS hi FROM k GROUP BY b;
SELECT n, COUNT(*) AS c FROM k GROUP BY n;
SELECT l, b, COUNT(*) AS c FROM k GROUP BY l, b;
SELECT DISTINCT d FROM k;
SELECT CAST(s AS BYTES) AS y, COUNT(*) AS c FROM k GROUP BY CAST(s AS BYTES);
SELECT ROW(l, b) AS r, COUNT(*) AS c FROM k GROUP BY ROW(l, b);
SELECT MIN(d) AS lo, MAX(d) AS hi, COUNT(DISTINCT d) AS c, COUNT(DISTINCT n) AS m, COUNT(DISTINCT b) AS bb FROM k;
SELECT d = d AS same, d > 0 AS pos, d < 0 AS neg, d <> 1 AS other FROM k;
