-- Windows over windows, and groups over windows.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE VIEW minutes AS SELECT window_time AS t, country, COUNT(*) AS n, SUM(secs) AS s
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time, country;
SELECT window_start, SUM(n) AS n, SUM(s) AS s FROM TABLE(TUMBLE(TABLE minutes, DESCRIPTOR(t), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","n":11,"s":430}
--> {"window_start":"2024-01-01 10:05:00.000","n":3,"s":56}
SELECT country, SUM(n) AS n, MAX(t) AS last FROM minutes GROUP BY country;
--> {"country":"BR","n":3,"last":"2024-01-01 10:09:59.999"}
--> {"country":"DE","n":1,"last":"2024-01-01 10:06:59.999"}
--> {"country":"IN","n":5,"last":"2024-01-01 10:07:59.999"}
--> {"country":"US","n":4,"last":"2024-01-01 10:03:59.999"}
--> {"country":null,"n":1,"last":"2024-01-01 10:00:59.999"}
SELECT window_start, MAX(n) AS top FROM (SELECT window_start, window_end, country, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) GROUP BY window_start, window_end, country) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","top":3}
--> {"window_start":"2024-01-01 10:02:00.000","top":1}
--> {"window_start":"2024-01-01 10:04:00.000","top":1}
--> {"window_start":"2024-01-01 10:06:00.000","top":1}
--> {"window_start":"2024-01-01 10:08:00.000","top":1}
