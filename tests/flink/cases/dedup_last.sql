-- Last-row deduplication: ROW_NUMBER() = 1 ordered by time, descending; then aggregated.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, ts, user_id, country FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1;
SELECT user_id, country, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id, country ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1;
SELECT country, COUNT(*) AS n, MAX(id) AS m FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1 GROUP BY country;
SELECT id, secs FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1 AND secs > 380;
