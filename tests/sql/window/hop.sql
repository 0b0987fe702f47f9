-- HOP: every row in several windows; rows late for some windows count in those still open.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT window_start, window_end, COUNT(*) AS n, SUM(secs) AS s FROM TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 09:59:00.000","window_end":"2024-01-01 10:01:00.000","n":5,"s":112}
--> {"window_start":"2024-01-01 10:00:00.000","window_end":"2024-01-01 10:02:00.000","n":9,"s":367}
--> {"window_start":"2024-01-01 10:01:00.000","window_end":"2024-01-01 10:03:00.000","n":4,"s":285}
--> {"window_start":"2024-01-01 10:02:00.000","window_end":"2024-01-01 10:04:00.000","n":2,"s":153}
--> {"window_start":"2024-01-01 10:03:00.000","window_end":"2024-01-01 10:05:00.000","n":2,"s":33}
--> {"window_start":"2024-01-01 10:04:00.000","window_end":"2024-01-01 10:06:00.000","n":1,"s":0}
--> {"window_start":"2024-01-01 10:05:00.000","window_end":"2024-01-01 10:07:00.000","n":1,"s":-5}
--> {"window_start":"2024-01-01 10:06:00.000","window_end":"2024-01-01 10:08:00.000","n":2,"s":-5}
--> {"window_start":"2024-01-01 10:07:00.000","window_end":"2024-01-01 10:09:00.000","n":1,"s":null}
--> {"window_start":"2024-01-01 10:08:00.000","window_end":"2024-01-01 10:10:00.000","n":1,"s":61}
--> {"window_start":"2024-01-01 10:09:00.000","window_end":"2024-01-01 10:11:00.000","n":1,"s":61}
SELECT window_start, country, COUNT(*) AS n, MAX(price) AS p FROM TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE, INTERVAL '4' MINUTE)) GROUP BY window_start, window_end, country;
--> {"window_start":"2024-01-01 09:58:00.000","country":"BR","n":1,"p":3.75}
--> {"window_start":"2024-01-01 09:58:00.000","country":"IN","n":3,"p":1.50}
--> {"window_start":"2024-01-01 09:58:00.000","country":"US","n":3,"p":2.00}
--> {"window_start":"2024-01-01 09:58:00.000","country":null,"n":2,"p":4.10}
--> {"window_start":"2024-01-01 10:00:00.000","country":"BR","n":1,"p":3.75}
--> {"window_start":"2024-01-01 10:00:00.000","country":"IN","n":4,"p":10.00}
--> {"window_start":"2024-01-01 10:00:00.000","country":"US","n":4,"p":2.00}
--> {"window_start":"2024-01-01 10:00:00.000","country":null,"n":2,"p":4.10}
--> {"window_start":"2024-01-01 10:02:00.000","country":"BR","n":1,"p":0.00}
--> {"window_start":"2024-01-01 10:02:00.000","country":"IN","n":1,"p":10.00}
--> {"window_start":"2024-01-01 10:02:00.000","country":"US","n":1,"p":null}
--> {"window_start":"2024-01-01 10:04:00.000","country":"BR","n":1,"p":0.00}
--> {"window_start":"2024-01-01 10:04:00.000","country":"DE","n":1,"p":-1.00}
--> {"window_start":"2024-01-01 10:04:00.000","country":"IN","n":1,"p":7.77}
--> {"window_start":"2024-01-01 10:06:00.000","country":"BR","n":1,"p":5.00}
--> {"window_start":"2024-01-01 10:06:00.000","country":"DE","n":1,"p":-1.00}
--> {"window_start":"2024-01-01 10:06:00.000","country":"IN","n":1,"p":7.77}
--> {"window_start":"2024-01-01 10:08:00.000","country":"BR","n":1,"p":5.00}
SELECT window_start, COUNT(DISTINCT user_id) AS u FROM TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE, INTERVAL '6' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 09:56:00.000","u":3}
--> {"window_start":"2024-01-01 09:58:00.000","u":4}
--> {"window_start":"2024-01-01 10:00:00.000","u":5}
--> {"window_start":"2024-01-01 10:02:00.000","u":4}
--> {"window_start":"2024-01-01 10:04:00.000","u":4}
--> {"window_start":"2024-01-01 10:06:00.000","u":3}
--> {"window_start":"2024-01-01 10:08:00.000","u":1}
