-- Types that do not fit: in conditions, CASE, UNION, IN, function arguments, windows and limits.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT CASE WHEN secs THEN 1 END FROM plays;
SELECT id FROM plays WHERE country > 1 AND secs LIKE '1%';
SELECT id FROM plays WHERE ts = 1;
SELECT SUM(country) FROM plays;
SELECT AVG(ts) FROM plays;
SELECT id FROM plays WHERE country IN (1, 2) AND ts IN ('x');
SELECT COALESCE(secs, 'none') FROM plays;
SELECT secs || country FROM plays;
SELECT EXTRACT(HOUR FROM secs) FROM plays;
SELECT ARRAY[secs, country] FROM plays;
SELECT window_start FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), 10)) GROUP BY window_start, window_end;
SELECT * FROM plays LIMIT -1;
SELECT CAST(ts AS INT) FROM plays;
SELECT secs.x FROM plays;
SELECT secs[1] FROM plays;
