-- VALUES: as a query, as a table with names, mixed widths, NULLs.
VALUES (1, 'a'), (2, 'bcd'), (3, CAST(NULL AS STRING));
SELECT * FROM (VALUES (1, 'a'), (2, 'bcd')) AS t(n, s);
SELECT n + 1 AS m FROM (VALUES (1), (2), (2)) AS t(n);
SELECT * FROM (VALUES (1, 2.5), (2, 3)) AS t(a, b);
SELECT * FROM (VALUES (1), (CAST(NULL AS INT))) AS t(a);
SELECT EXPR$0 FROM (VALUES (1), (2));
SELECT 1 AS a, 'x' AS b;
SELECT a, COUNT(*) AS n FROM (VALUES (1), (CAST(NULL AS INT)), (CAST(NULL AS INT)), (1), (2)) AS t(a) GROUP BY a;
VALUES (1, 2), (3);
