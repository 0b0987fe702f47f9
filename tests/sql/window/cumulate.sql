-- CUMULATE: windows that grow; rows late for the first ones count in those still open.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT window_start, window_end, COUNT(*) AS n, SUM(secs) AS s FROM TABLE(CUMULATE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:01:00.000","n":5,"s":112}
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:02:00.000","n":9,"s":367}
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:03:00.000","n":10,"s":487}
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:04:00.000","n":11,"s":520}
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:05:00.000","n":12,"s":520}
--> {"window_start":"2024-01-01 10:05:00.000","window_end":"2024-01-01 10:07:00.000","n":1,"s":-5}
--> {"window_start":"2024-01-01 10:05:00.000","window_end":"2024-01-01 10:08:00.000","n":2,"s":-5}
--> {"window_start":"2024-01-01 10:05:00.000","window_end":"2024-01-01 10:09:00.000","n":2,"s":-5}
--> {"window_start":"2024-01-01 10:05:00.000","window_end":"2024-01-01 10:10:00.000","n":3,"s":56}
SELECT window_end, country, COUNT(*) AS n FROM TABLE(CUMULATE(TABLE events, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, country;
--> {"window_end":"2024-01-01 10:05:00.000","country":"BR","n":2}
--> {"window_end":"2024-01-01 10:05:00.000","country":"IN","n":4}
--> {"window_end":"2024-01-01 10:05:00.000","country":"US","n":4}
--> {"window_end":"2024-01-01 10:05:00.000","country":null,"n":2}
--> {"window_end":"2024-01-01 10:10:00.000","country":"BR","n":3}
--> {"window_end":"2024-01-01 10:10:00.000","country":"DE","n":1}
--> {"window_end":"2024-01-01 10:10:00.000","country":"IN","n":5}
--> {"window_end":"2024-01-01 10:10:00.000","country":"US","n":4}
--> {"window_end":"2024-01-01 10:10:00.000","country":null,"n":3}
SELECT window_end, COUNT(DISTINCT user_id) AS u FROM TABLE(CUMULATE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE, INTERVAL '4' MINUTE)) GROUP BY window_start, window_end;
--> {"window_end":"2024-01-01 10:02:00.000","u":3}
--> {"window_end":"2024-01-01 10:04:00.000","u":4}
--> {"window_end":"2024-01-01 10:06:00.000","u":1}
--> {"window_end":"2024-01-01 10:08:00.000","u":3}
--> {"window_end":"2024-01-01 10:10:00.000","u":1}
--> {"window_end":"2024-01-01 10:12:00.000","u":1}
