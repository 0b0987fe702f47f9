-- UNION ALL keeps duplicates; names come from the first side; types widen; of updating inputs; three sides.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT country AS c FROM plays WHERE id < 3 UNION ALL SELECT user_id FROM plays WHERE id < 3;
SELECT 1 AS a UNION ALL SELECT 1 UNION ALL SELECT 2;
SELECT a FROM (VALUES (1), (1)) AS t(a) UNION ALL SELECT b FROM (VALUES (2.5)) AS u(b);
SELECT 'a' AS s UNION ALL SELECT 'bcd';
SELECT k, SUM(n) AS n FROM (SELECT country AS k, COUNT(*) AS n FROM plays GROUP BY country UNION ALL SELECT user_id, COUNT(*) FROM plays GROUP BY user_id) GROUP BY k;
SELECT 1 AS a UNION ALL SELECT 'x';
SELECT 1 AS a, 2 AS b UNION ALL SELECT 1;
