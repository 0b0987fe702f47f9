-- Sub-queries in FROM, nested, with and without aliases; conditions over their columns.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT c, s2 FROM (SELECT country AS c, secs * 2 AS s2 FROM plays WHERE secs IS NOT NULL) WHERE s2 > 700;
SELECT t.n FROM (SELECT COUNT(*) AS n FROM plays) AS t;
SELECT x + 1 AS y FROM (SELECT x FROM (SELECT id AS x FROM plays) WHERE x > 230) AS q;
SELECT country, n FROM (SELECT country, COUNT(*) AS n FROM plays GROUP BY country) WHERE n > 50;
SELECT n, COUNT(*) AS users FROM (SELECT user_id, COUNT(*) AS n FROM plays GROUP BY user_id) GROUP BY n;
