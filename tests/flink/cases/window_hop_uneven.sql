-- HOP whose size is no multiple of its slide: the window function alone and GROUP BY HOP(..) take it, an aggregate over the function does not; a slide above the size leaves rows out.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
SELECT id, window_start, window_end FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '20' SECOND)) WHERE id < 9;
SELECT HOP_START(ts, INTERVAL '7' SECOND, INTERVAL '20' SECOND) AS s, HOP_END(ts, INTERVAL '7' SECOND, INTERVAL '20' SECOND) AS e, COUNT(*) AS n, SUM(secs) AS secs, COUNT(DISTINCT user_id) AS users
FROM plays GROUP BY HOP(ts, INTERVAL '7' SECOND, INTERVAL '20' SECOND);
SELECT country, HOP_START(ts, INTERVAL '45' SECOND, INTERVAL '1' MINUTE) AS s, MIN(price) AS p, MAX(user_id) AS u FROM plays GROUP BY country, HOP(ts, INTERVAL '45' SECOND, INTERVAL '1' MINUTE);
SELECT HOP_START(ts, INTERVAL '20' SECOND, INTERVAL '7' SECOND) AS s, COUNT(*) AS n FROM plays GROUP BY HOP(ts, INTERVAL '20' SECOND, INTERVAL '7' SECOND);
SELECT window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '7' SECOND)) GROUP BY window_start, window_end;
SELECT id, window_start, window_end FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '7' SECOND)) WHERE id < 9;
SELECT window_start, COUNT(*) AS n FROM TABLE(CUMULATE(TABLE plays, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
