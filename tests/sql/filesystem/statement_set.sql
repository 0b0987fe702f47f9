-- A statement set with several sinks, one of them by an aggregate of windows; appended to, and read back.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE plays (id BIGINT, secs INT)
WITH ('connector' = 'filesystem', 'path' = '${OUT}/plays', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE windows (start_at TIMESTAMP(3), n BIGINT)
WITH ('connector' = 'filesystem', 'path' = '${OUT}/windows', 'format' = 'csv');
EXECUTE STATEMENT SET BEGIN
  INSERT INTO plays SELECT id, secs FROM events WHERE kind = 'play';
  INSERT INTO windows SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
END;
SELECT COUNT(*) AS n, COUNT(secs) AS c, SUM(secs) AS s FROM plays;
--> {"n":9,"c":9,"s":664}
SELECT start_at, n FROM windows;
--> {"start_at":"2024-01-01 10:00:00.000","n":12}
--> {"start_at":"2024-01-01 10:05:00.000","n":3}
INSERT INTO plays VALUES (100, 1), (101, CAST(NULL AS INT));
SELECT COUNT(*) AS n, MAX(id) AS last FROM plays;
--> {"n":11,"last":101}
INSERT INTO plays SELECT id, secs FROM events WHERE id > 1000;
SELECT COUNT(*) AS n FROM plays;
--> {"n":11}
