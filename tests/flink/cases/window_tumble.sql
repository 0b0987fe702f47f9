-- TUMBLE with GROUP BY: disorder within the watermark's delay, NULL keys, offset, all window columns.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT window_start, window_end, window_time, COUNT(*) AS n, SUM(secs) AS s FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time;
SELECT window_start, country, COUNT(*) AS n, MAX(price) AS p FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end, country;
SELECT window_start, COUNT(DISTINCT user_id) AS u, AVG(secs) FILTER (WHERE country = 'IN') AS a FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '3' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(DATA => TABLE plays, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '10' MINUTE)) GROUP BY window_start, window_end HAVING COUNT(*) > 100;
SELECT window_end, user_id FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, user_id;
SELECT COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start, window_end;
