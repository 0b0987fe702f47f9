-- A window TVF without GROUP BY only adds columns; conditions and expressions over them.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, ts, window_start, window_end, window_time FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) WHERE id < 12;
SELECT id, window_start FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) WHERE id < 6;
SELECT id, window_start, window_end FROM TABLE(CUMULATE(TABLE plays, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) WHERE id < 6;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start;
