-- WHERE and projection over an updating input: rows leave and come back; CASE over counts.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW c AS SELECT country, COUNT(*) AS n, MAX(secs) AS hi FROM plays GROUP BY country;
SELECT country FROM c WHERE n < 50;
SELECT country, CASE WHEN n >= 50 THEN 'many' ELSE 'few' END AS size_class FROM c WHERE country IS NOT NULL;
SELECT n / 10 AS tens FROM c;
SELECT country, n FROM c WHERE MOD(n, 2) = 1;
SELECT 'x' AS x FROM c;
