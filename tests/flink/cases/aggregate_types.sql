-- Result types and values of SUM, AVG, MIN, MAX, COUNT for every number type; wrap-around of SUM; AVG of integers.
CREATE VIEW nums AS SELECT CAST(a AS TINYINT) AS t, CAST(a AS SMALLINT) AS s, CAST(a AS INT) AS i, CAST(a AS BIGINT) AS l,
    CAST(a AS FLOAT) AS f, CAST(a AS DOUBLE) AS d, CAST(a AS DECIMAL(10, 2)) AS de, CAST(a AS DECIMAL(38, 4)) AS big
FROM (VALUES (1), (2), (4), (CAST(NULL AS INT))) AS v(a);
SELECT SUM(t) AS t, SUM(s) AS s, SUM(i) AS i, SUM(l) AS l, SUM(f) AS f, SUM(d) AS d, SUM(de) AS de, SUM(big) AS big FROM nums;
SELECT AVG(t) AS t, AVG(s) AS s, AVG(i) AS i, AVG(l) AS l, AVG(f) AS f, AVG(d) AS d, AVG(de) AS de, AVG(big) AS big FROM nums;
SELECT MIN(t) AS t, MIN(s) AS s, MIN(i) AS i, MIN(l) AS l, MIN(f) AS f, MIN(d) AS d, MIN(de) AS de, MIN(big) AS big FROM nums;
SELECT MAX(t) AS t, MAX(s) AS s, MAX(i) AS i, MAX(l) AS l, MAX(f) AS f, MAX(d) AS d, MAX(de) AS de, MAX(big) AS big FROM nums;
SELECT COUNT(*) AS n, COUNT(i) AS c, COUNT(1) AS uno, COUNT(NULLIF(i, i)) AS nope FROM nums;
SELECT SUM(CAST(a AS TINYINT)) AS t, SUM(CAST(a AS SMALLINT) * CAST(300 AS SMALLINT)) AS s FROM (VALUES (100), (100)) AS v(a);
SELECT SUM(a) AS s FROM (VALUES (2147483647), (1)) AS v(a);
SELECT AVG(a) AS neg FROM (VALUES (-1), (-2)) AS v(a);
SELECT AVG(a) AS a, SUM(a) AS s FROM (VALUES (2147483647), (2147483647)) AS v(a);
SELECT SUM(NULLIF(a, a)) AS s, AVG(NULLIF(a, a)) AS a, MIN(NULLIF(a, a)) AS m FROM (VALUES (1), (2)) AS v(a);
SELECT AVG(a) AS a, SUM(a) AS s FROM (VALUES (1.5), (2.25), (0.1)) AS v(a);
SELECT SUM(a + 1) AS s, MAX(a) - MIN(a) AS r, SUM(a) / COUNT(*) AS q FROM (VALUES (1), (2), (4)) AS v(a);
SELECT SUM(a) AS s FROM (VALUES ('1')) AS v(a);
SELECT MAX(a) AS m FROM (VALUES (TRUE), (FALSE)) AS v(a);
SELECT MIN(a) AS lo, MAX(a) AS hi FROM (VALUES (DATE '2026-05-04'), (DATE '2026-05-01')) AS v(a);
SELECT MIN(a) AS lo, MAX(a) AS hi FROM (VALUES (TIME '10:00:00'), (TIME '09:00:00')) AS v(a);
SELECT MAX(a) AS m FROM (VALUES (ARRAY[1]), (ARRAY[2])) AS v(a);
