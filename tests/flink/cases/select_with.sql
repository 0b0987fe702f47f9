-- WITH: several, one over another, used twice.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

WITH a AS (SELECT country, secs FROM plays WHERE secs > 200), b AS (SELECT country, COUNT(*) AS n FROM a GROUP BY country)
SELECT * FROM b;
WITH a (c, s) AS (SELECT country, secs FROM plays) SELECT c, MAX(s) AS m FROM a GROUP BY c;
WITH a AS (SELECT id FROM plays WHERE id < 3) SELECT x.id, y.id AS id2 FROM a AS x JOIN a AS y ON x.id = y.id;
