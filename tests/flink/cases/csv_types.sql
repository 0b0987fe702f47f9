-- Every simple type out of CSV.
CREATE TABLE k (d DOUBLE, l BIGINT, s STRING, b BOOLEAN, n DECIMAL(10, 2))
WITH ('connector' = 'filesystem', 'path' = '${DATA}/keys.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT * FROM k;
CREATE TABLE f (f FLOAT, l DECIMAL(20, 0), s CHAR(3), b STRING, n DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/keys.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT * FROM f;
CREATE TABLE t (ms BIGINT, k VARCHAR(1)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.csv', 'format' = 'csv');
SELECT k, COUNT(*) AS n FROM t GROUP BY k;
