-- Time functions over a column: EXTRACT, FLOOR, CEIL, DATE_FORMAT, differences, interval arithmetic, grouping by them.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, EXTRACT(MINUTE FROM ts) AS m, FLOOR(ts TO MINUTE) AS f, CEIL(ts TO HOUR) AS c, DATE_FORMAT(ts, 'HH:mm') AS d, ts + INTERVAL '1' DAY AS t, TIMESTAMPDIFF(SECOND, TIMESTAMP '2026-05-04 10:00:00', ts) AS s FROM plays WHERE id < 12;
SELECT FLOOR(ts TO HOUR) AS h, COUNT(*) AS n FROM plays GROUP BY FLOOR(ts TO HOUR);
SELECT MINUTE(ts) AS m, SUM(secs) AS s FROM plays GROUP BY MINUTE(ts);
SELECT CAST(ts AS DATE) AS d, COUNT(*) AS n FROM plays GROUP BY CAST(ts AS DATE);
SELECT DATE_FORMAT(ts, 'yyyy-MM-dd HH') AS h, COUNT(DISTINCT user_id) AS u FROM plays GROUP BY DATE_FORMAT(ts, 'yyyy-MM-dd HH');
SELECT id FROM plays WHERE ts > TIMESTAMP '2026-05-04 10:17:00' AND ts <= TIMESTAMP '2026-05-04 10:17:20';
SELECT id FROM plays WHERE ts BETWEEN '2026-05-04 10:17:00' AND '2026-05-04 10:17:20';
