-- Join keys of unlike types: INT with BIGINT, DECIMAL of other scales, CHAR with STRING, DOUBLE with NaN; refused mixtures.
CREATE TABLE k (d DOUBLE, l BIGINT, s STRING, b BOOLEAN, n DECIMAL(10, 2))
WITH ('connector' = 'filesystem', 'path' = '${DATA}/keys.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT k.l, v.x FROM k JOIN (VALUES (1), (2), (9)) AS v(x) ON k.l = v.x;
SELECT k.n, v.x FROM k JOIN (VALUES (10.5), (0.0)) AS v(x) ON k.n = v.x;
SELECT k.s, v.x FROM k JOIN (VALUES ('a'), ('A')) AS v(x) ON k.s = v.x;
SELECT a.d, b.d AS e FROM k AS a JOIN k AS b ON a.d = b.d;
SELECT a.b, COUNT(*) AS c FROM k AS a JOIN k AS b ON a.b = b.b AND a.l = b.l GROUP BY a.b;
SELECT k.l FROM k JOIN (VALUES ('1')) AS v(x) ON k.l = v.x;
