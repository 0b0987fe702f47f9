-- Windows over windows: the second groups by window_time, or by the first's window columns.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW minutes AS SELECT window_start AS s, window_end AS e, window_time AS rt, country, COUNT(*) AS n, SUM(secs) AS secs
FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time, country;
SELECT window_start, window_end, SUM(n) AS n, MAX(n) AS top, COUNT(*) AS grps FROM TABLE(TUMBLE(TABLE minutes, DESCRIPTOR(rt), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, country, SUM(n) AS n, MIN(s) AS first_s, MAX(e) AS last_e FROM TABLE(HOP(TABLE minutes, DESCRIPTOR(rt), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, country;
SELECT window_start, window_end, MAX(n) AS top FROM (
    SELECT window_start, window_end, user_id, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end, user_id
) GROUP BY window_start, window_end;
SELECT window_start, window_end, SUM(n) AS n FROM TABLE(CUMULATE(TABLE minutes, DESCRIPTOR(rt), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
