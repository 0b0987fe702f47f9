-- Hours in a zone with half hours: most rows are lost here.
SET 'table.local-time-zone' = 'Asia/Kolkata';
CREATE TABLE late (
    utc STRING, k STRING, v INT, ts AS TO_TIMESTAMP_LTZ(utc, 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'),
    WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/late.csv', 'format' = 'csv');
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE late, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
