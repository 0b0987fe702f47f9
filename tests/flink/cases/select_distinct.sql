-- SELECT DISTINCT: NULL is one value; on several columns; over expressions; over an updating input.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT DISTINCT country FROM plays;
SELECT DISTINCT user_id, country FROM plays;
SELECT DISTINCT secs > 100 AS long_one FROM plays;
SELECT DISTINCT n FROM (SELECT country, COUNT(*) AS n FROM plays GROUP BY country);
SELECT DISTINCT * FROM (VALUES (1, 'a'), (1, 'a'), (1, 'b'), (CAST(NULL AS INT), 'a'), (CAST(NULL AS INT), 'a')) AS t(a, b);
SELECT COUNT(*) AS n FROM (SELECT DISTINCT user_id, country FROM plays);
