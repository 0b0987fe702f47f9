-- ORDER BY in streaming: by time ascending passes; by another column without LIMIT, or by time descending, is refused; with LIMIT it is a Top-N.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, ts FROM plays ORDER BY ts;
SELECT id FROM plays ORDER BY secs;
SELECT id FROM plays ORDER BY ts DESC;
SELECT id, secs FROM plays ORDER BY secs DESC, id LIMIT 5;
SELECT country, COUNT(*) AS n FROM plays GROUP BY country ORDER BY n DESC LIMIT 2;
