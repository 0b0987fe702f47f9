-- First-row deduplication: ROW_NUMBER() = 1 ordered by time, ascending; ties, disorder, NULL keys.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, ts, user_id, country FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts ASC) AS rn FROM plays) WHERE rn = 1;
SELECT user_id, country, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id, country ORDER BY ts) AS rn FROM plays) WHERE rn = 1;
SELECT id, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country ORDER BY ts) AS rn FROM plays WHERE secs > 100) WHERE rn = 1;
SELECT COUNT(*) AS n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS rn FROM plays) WHERE rn = 1;
SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country ORDER BY ts) AS rn FROM plays) WHERE rn <= 1;
SELECT country, SUM(secs) AS s FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS rn FROM plays) WHERE rn = 1 GROUP BY country;
