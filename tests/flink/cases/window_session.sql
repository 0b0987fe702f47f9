-- SESSION windows: merging by disordered rows, with and without PARTITION BY.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT window_start, window_end, user_id, COUNT(*) AS n FROM TABLE(SESSION(TABLE plays PARTITION BY user_id, DESCRIPTOR(ts), INTERVAL '40' SECOND)) GROUP BY window_start, window_end, user_id;
SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;
