-- TUMBLE: late rows, rows that a filter drops but that move time on, NULL keys, offsets, nothing.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE nothing (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT window_start, window_end, COUNT(*) AS n, SUM(secs) AS s FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:01:00.000","n":5,"s":112}
--> {"window_start":"2024-01-01 10:01:00.000","window_end":"2024-01-01 10:02:00.000","n":3,"s":165}
--> {"window_start":"2024-01-01 10:02:00.000","window_end":"2024-01-01 10:03:00.000","n":1,"s":120}
--> {"window_start":"2024-01-01 10:03:00.000","window_end":"2024-01-01 10:04:00.000","n":1,"s":33}
--> {"window_start":"2024-01-01 10:04:00.000","window_end":"2024-01-01 10:05:00.000","n":1,"s":0}
--> {"window_start":"2024-01-01 10:06:00.000","window_end":"2024-01-01 10:07:00.000","n":1,"s":-5}
--> {"window_start":"2024-01-01 10:07:00.000","window_end":"2024-01-01 10:08:00.000","n":1,"s":null}
--> {"window_start":"2024-01-01 10:09:00.000","window_end":"2024-01-01 10:10:00.000","n":1,"s":61}
SELECT window_start, country, COUNT(*) AS n, AVG(price) AS p FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) GROUP BY window_start, window_end, country;
--> {"window_start":"2024-01-01 10:00:00.000","country":"BR","n":1,"p":3.750000}
--> {"window_start":"2024-01-01 10:00:00.000","country":"IN","n":3,"p":1.083333}
--> {"window_start":"2024-01-01 10:00:00.000","country":"US","n":3,"p":2.000000}
--> {"window_start":"2024-01-01 10:00:00.000","country":null,"n":2,"p":4.100000}
--> {"window_start":"2024-01-01 10:02:00.000","country":"IN","n":1,"p":10.000000}
--> {"window_start":"2024-01-01 10:02:00.000","country":"US","n":1,"p":null}
--> {"window_start":"2024-01-01 10:04:00.000","country":"BR","n":1,"p":0.000000}
--> {"window_start":"2024-01-01 10:06:00.000","country":"DE","n":1,"p":-1.000000}
--> {"window_start":"2024-01-01 10:06:00.000","country":"IN","n":1,"p":7.770000}
--> {"window_start":"2024-01-01 10:08:00.000","country":"BR","n":1,"p":5.000000}
SELECT window_start, country, COUNT(DISTINCT user_id) AS u FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, country;
--> {"window_start":"2024-01-01 10:00:00.000","country":"BR","u":0}
--> {"window_start":"2024-01-01 10:00:00.000","country":"IN","u":1}
--> {"window_start":"2024-01-01 10:00:00.000","country":"US","u":1}
--> {"window_start":"2024-01-01 10:00:00.000","country":null,"u":1}
--> {"window_start":"2024-01-01 10:01:00.000","country":"IN","u":1}
--> {"window_start":"2024-01-01 10:01:00.000","country":"US","u":1}
--> {"window_start":"2024-01-01 10:02:00.000","country":"IN","u":1}
--> {"window_start":"2024-01-01 10:03:00.000","country":"US","u":1}
--> {"window_start":"2024-01-01 10:04:00.000","country":"BR","u":1}
--> {"window_start":"2024-01-01 10:06:00.000","country":"DE","u":1}
--> {"window_start":"2024-01-01 10:07:00.000","country":"IN","u":1}
--> {"window_start":"2024-01-01 10:09:00.000","country":"BR","u":1}
SELECT window_start, COUNT(DISTINCT kind) AS k FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","k":3}
--> {"window_start":"2024-01-01 10:01:00.000","k":2}
--> {"window_start":"2024-01-01 10:02:00.000","k":1}
--> {"window_start":"2024-01-01 10:03:00.000","k":1}
--> {"window_start":"2024-01-01 10:04:00.000","k":1}
--> {"window_start":"2024-01-01 10:06:00.000","k":1}
--> {"window_start":"2024-01-01 10:07:00.000","k":1}
--> {"window_start":"2024-01-01 10:09:00.000","k":1}
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '20' SECOND)) WHERE kind = 'play' GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 09:59:20.000","n":2}
--> {"window_start":"2024-01-01 10:00:20.000","n":1}
--> {"window_start":"2024-01-01 10:01:20.000","n":1}
--> {"window_start":"2024-01-01 10:02:20.000","n":1}
--> {"window_start":"2024-01-01 10:03:20.000","n":2}
--> {"window_start":"2024-01-01 10:09:20.000","n":1}
SELECT window_start, MIN(kind) AS a, MAX(country) AS b, COUNT(*) FILTER (WHERE secs > 50) AS l FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","a":"play","b":"US","l":5}
--> {"window_start":"2024-01-01 10:05:00.000","a":"play","b":"IN","l":1}
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE nothing, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, country, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end, country HAVING COUNT(*) > 2;
--> {"window_start":"2024-01-01 10:00:00.000","country":"IN","n":4}
--> {"window_start":"2024-01-01 10:00:00.000","country":"US","n":4}
SELECT id, window_start, window_end FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) WHERE id < 4;
--> {"id":1,"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:02:00.000"}
--> {"id":2,"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:02:00.000"}
--> {"id":3,"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:02:00.000"}
