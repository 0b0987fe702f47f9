-- Top-N by ROW_NUMBER() over appending and updating input, with and without the rank.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT country, id, secs FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country ORDER BY secs DESC, id) AS rn FROM plays WHERE secs IS NOT NULL) WHERE rn <= 2;
SELECT country, id, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country ORDER BY secs DESC, id) AS rn FROM plays WHERE secs IS NOT NULL) WHERE rn <= 2;
SELECT user_id, n FROM (SELECT user_id, n, ROW_NUMBER() OVER (ORDER BY n DESC, user_id) AS rn FROM (SELECT user_id, COUNT(*) AS n FROM plays GROUP BY user_id)) WHERE rn <= 3;
