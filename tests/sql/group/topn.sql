-- Top-N: rows that come first by key, over rows and over updates, with their number and without, by window; ORDER BY with LIMIT.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE d (id INT, ts TIMESTAMP(3), k STRING, v INT, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/disorder.csv', 'format' = 'csv');
SELECT k, id, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC, id) AS rn FROM d) WHERE rn <= 2;
--> {"k":"a","id":218,"v":97}
--> {"k":"a","id":45,"v":98}
--> {"k":"b","id":36,"v":93}
--> {"k":"b","id":56,"v":94}
--> {"k":"c","id":285,"v":99}
--> {"k":"c","id":84,"v":94}
--> {"k":"d","id":101,"v":99}
--> {"k":"d","id":235,"v":97}
--> {"k":"e","id":0,"v":99}
--> {"k":"e","id":6,"v":88}
--> {"k":"f","id":181,"v":99}
--> {"k":"f","id":208,"v":97}
SELECT k, id, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC, id) AS rn FROM d) WHERE rn BETWEEN 2 AND 3;
--> {"k":"a","id":218,"rn":2}
--> {"k":"a","id":81,"rn":3}
--> {"k":"b","id":36,"rn":2}
--> {"k":"b","id":55,"rn":3}
--> {"k":"c","id":184,"rn":3}
--> {"k":"c","id":84,"rn":2}
--> {"k":"d","id":235,"rn":2}
--> {"k":"d","id":269,"rn":3}
--> {"k":"e","id":234,"rn":3}
--> {"k":"e","id":6,"rn":2}
--> {"k":"f","id":208,"rn":2}
--> {"k":"f","id":232,"rn":3}
SELECT id, v FROM (SELECT id, v, ROW_NUMBER() OVER (ORDER BY v, id DESC) AS rn FROM d) WHERE rn = 3;
--> {"id":267,"v":1}
SELECT k, n, rn FROM (SELECT k, n, ROW_NUMBER() OVER (ORDER BY n DESC, k) AS rn FROM (SELECT k, COUNT(*) AS n FROM d GROUP BY k)) WHERE rn <= 3;
--> {"k":"a","n":57,"rn":2}
--> {"k":"b","n":59,"rn":1}
--> {"k":"d","n":54,"rn":3}
SELECT k, n FROM (SELECT k, n, ROW_NUMBER() OVER (ORDER BY n, k) AS rn FROM (SELECT k, COUNT(*) AS n FROM d GROUP BY k)) WHERE 2 >= rn AND n > 1;
--> {"k":"c","n":40}
--> {"k":"f","n":44}
SELECT country, secs, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country ORDER BY secs DESC NULLS FIRST, id) AS rn FROM events) WHERE rn < 2;
--> {"country":"BR","secs":61,"id":15}
--> {"country":"DE","secs":-5,"id":13}
--> {"country":"IN","secs":null,"id":3}
--> {"country":"US","secs":60,"id":2}
--> {"country":null,"secs":300,"id":14}
SELECT k, m, COUNT(*) AS n FROM (SELECT k, v / 20 AS m, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v, id) AS rn FROM d) WHERE rn <= 10 GROUP BY k, m;
--> {"k":"a","m":0,"n":10}
--> {"k":"b","m":0,"n":10}
--> {"k":"c","m":0,"n":7}
--> {"k":"c","m":1,"n":3}
--> {"k":"d","m":0,"n":9}
--> {"k":"d","m":1,"n":1}
--> {"k":"e","m":0,"n":10}
--> {"k":"f","m":0,"n":10}
SELECT window_start, k, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY n DESC, k) AS rn FROM (
  SELECT window_start, window_end, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE d, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, k)) WHERE rn <= 2;
--> {"window_start":"2024-01-01 10:00:00.000","k":"a","n":21}
--> {"window_start":"2024-01-01 10:00:00.000","k":"b","n":23}
--> {"window_start":"2024-01-01 10:01:00.000","k":"b","n":17}
--> {"window_start":"2024-01-01 10:01:00.000","k":"d","n":16}
--> {"window_start":"2024-01-01 10:02:00.000","k":"d","n":15}
--> {"window_start":"2024-01-01 10:02:00.000","k":"e","n":15}
--> {"window_start":"2024-01-01 10:03:00.000","k":"a","n":5}
--> {"window_start":"2024-01-01 10:03:00.000","k":"c","n":5}
SELECT window_start, k, id, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY v, id) AS rn FROM TABLE(TUMBLE(TABLE d, DESCRIPTOR(ts), INTERVAL '90' SECOND))) WHERE rn <= 2 AND k < 'c';
--> {"window_start":"2024-01-01 10:00:00.000","k":"a","id":77,"rn":1}
--> {"window_start":"2024-01-01 10:00:00.000","k":"a","id":79,"rn":2}
--> {"window_start":"2024-01-01 10:00:00.000","k":"b","id":39,"rn":1}
--> {"window_start":"2024-01-01 10:00:00.000","k":"b","id":73,"rn":2}
--> {"window_start":"2024-01-01 10:01:30.000","k":"a","id":182,"rn":2}
--> {"window_start":"2024-01-01 10:01:30.000","k":"a","id":211,"rn":1}
--> {"window_start":"2024-01-01 10:01:30.000","k":"b","id":183,"rn":1}
--> {"window_start":"2024-01-01 10:01:30.000","k":"b","id":199,"rn":2}
--> {"window_start":"2024-01-01 10:03:00.000","k":"a","id":267,"rn":1}
--> {"window_start":"2024-01-01 10:03:00.000","k":"a","id":272,"rn":2}
--> {"window_start":"2024-01-01 10:03:00.000","k":"b","id":274,"rn":1}
--> {"window_start":"2024-01-01 10:03:00.000","k":"b","id":293,"rn":2}
SELECT window_start, id, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY ts DESC, id) AS rn FROM TABLE(HOP(TABLE d, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE))) WHERE rn = 1;
--> {"window_start":"2024-01-01 09:59:30.000","id":41,"v":23}
--> {"window_start":"2024-01-01 10:00:00.000","id":85,"v":94}
--> {"window_start":"2024-01-01 10:00:30.000","id":128,"v":80}
--> {"window_start":"2024-01-01 10:01:00.000","id":170,"v":5}
--> {"window_start":"2024-01-01 10:01:30.000","id":216,"v":12}
--> {"window_start":"2024-01-01 10:02:00.000","id":257,"v":76}
--> {"window_start":"2024-01-01 10:02:30.000","id":298,"v":28}
--> {"window_start":"2024-01-01 10:03:00.000","id":298,"v":28}
SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS rn FROM (
  SELECT id, k, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id / 10 ORDER BY ts DESC) AS r FROM d) WHERE r = 1)) WHERE rn = 1;
--> {"k":"a","id":49}
--> {"k":"b","id":109}
--> {"k":"c","id":29}
--> {"k":"d","id":37}
--> {"k":"e","id":7}
--> {"k":"f","id":19}
SELECT id, v FROM d ORDER BY v DESC, id LIMIT 4;
--> {"id":0,"v":99}
--> {"id":101,"v":99}
--> {"id":181,"v":99}
--> {"id":285,"v":99}
SELECT k, COUNT(*) AS n FROM d GROUP BY k ORDER BY n DESC, k LIMIT 2 OFFSET 1;
--> {"k":"a","n":57}
--> {"k":"d","n":54}
