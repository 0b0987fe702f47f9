-- COUNT, SUM, AVG with DISTINCT, several of them, with NULLs, with and without groups.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT COUNT(DISTINCT user_id) AS u, COUNT(DISTINCT country) AS c, COUNT(user_id) AS n FROM plays;
SELECT country, COUNT(DISTINCT user_id) AS u, SUM(DISTINCT secs) AS s, AVG(DISTINCT secs) AS a FROM plays GROUP BY country;
SELECT COUNT(DISTINCT price) AS p, MIN(DISTINCT secs) AS lo, MAX(DISTINCT secs) AS hi FROM plays;
SELECT COUNT(DISTINCT a) AS c, SUM(DISTINCT a) AS s FROM (VALUES (1), (1), (CAST(NULL AS INT)), (2)) AS v(a);
