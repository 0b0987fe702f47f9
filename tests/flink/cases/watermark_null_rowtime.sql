-- A NULL in the time column fails the job, even without a window.
CREATE TABLE t (
    txt STRING, k STRING, ts AS TRY_CAST(txt AS TIMESTAMP(3)), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulltime.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT k FROM t;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;
