-- Watermarks without delay, with delay over a computed column, CURRENT_WATERMARK, and the row that closes a window at its edge.
CREATE TABLE a (
    ms BIGINT, k STRING, ts AS TO_TIMESTAMP(FROM_UNIXTIME(ms / 1000)), WATERMARK FOR ts AS ts
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.csv', 'format' = 'csv');
SELECT ts, k, CURRENT_WATERMARK(ts) AS wm FROM a;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;
CREATE TABLE b (
    ms BIGINT, k STRING, ts AS CAST(TO_TIMESTAMP_LTZ(ms, 3) AS TIMESTAMP(3)), WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.csv', 'format' = 'csv');
SELECT ts, k, CURRENT_WATERMARK(ts) AS wm FROM b;
SELECT window_start, COUNT(*) AS n, MIN(ms) AS lo, MAX(ms) AS hi FROM TABLE(TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;
SELECT k FROM b WHERE CURRENT_WATERMARK(ts) IS NULL OR ts > CURRENT_WATERMARK(ts);
