-- Windows over TIMESTAMP_LTZ: days begin at midnight of the session's zone, columns print in that zone.
SET 'table.local-time-zone' = 'Asia/Kolkata';
CREATE TABLE late (
    utc STRING, k STRING, v INT, ts AS TO_TIMESTAMP_LTZ(utc, 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'),
    WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/late.csv', 'format' = 'csv');
SELECT utc, ts FROM late WHERE v IN (0, 3, 401);
SELECT window_start, window_end, window_time, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE late, DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start, window_end, window_time;
