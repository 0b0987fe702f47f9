-- A window over a view with a condition and computed columns; the time attribute passes through, but not through a cast.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW v AS SELECT ts, UPPER(country) AS c, secs / 60 AS mins FROM plays WHERE secs > 0;
SELECT window_start, c, COUNT(*) AS n, SUM(mins) AS m FROM TABLE(TUMBLE(TABLE v, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, c;
CREATE VIEW w AS SELECT CAST(ts AS TIMESTAMP(3)) AS ts, ts AS rt, id FROM plays;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE w, DESCRIPTOR(rt), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
CREATE VIEW x AS SELECT ts + INTERVAL '1' SECOND AS ts, id FROM plays;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE x, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(id), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(nope), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
