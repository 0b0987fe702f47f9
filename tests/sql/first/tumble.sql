-- A window count with a late row: row 8 is late when it comes, row 6 is not, at any batch size and parallelism.
CREATE TABLE plays (id BIGINT, kind STRING, country STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT window_start, country, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
WHERE kind = 'play_start' GROUP BY window_start, window_end, country;
--> {"window_start":"2024-01-01 00:00:00.000","country":"IN","n":2}
--> {"window_start":"2024-01-01 00:00:00.000","country":"US","n":1}
--> {"window_start":"2024-01-01 00:00:00.000","country":null,"n":1}
--> {"window_start":"2024-01-01 00:01:00.000","country":"IN","n":1}
--> {"window_start":"2024-01-01 00:02:00.000","country":"BR","n":1}
SELECT country, COUNT(*) AS n, MAX(id) AS last FROM plays GROUP BY country HAVING COUNT(*) > 1;
--> {"country":"IN","n":4,"last":8}
--> {"country":"US","n":2,"last":3}
--> {"country":"BR","n":2,"last":9}
