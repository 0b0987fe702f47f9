-- The first and the last row of a key by time: disorder, late rows, ties, NULL keys.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, user_id, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1;
--> {"id":1,"user_id":10,"ts":"2024-01-01 10:00:05.000"}
--> {"id":10,"user_id":14,"ts":"2024-01-01 10:04:00.000"}
--> {"id":2,"user_id":11,"ts":"2024-01-01 10:00:10.000"}
--> {"id":4,"user_id":12,"ts":"2024-01-01 10:00:55.000"}
--> {"id":5,"user_id":null,"ts":"2024-01-01 10:00:50.000"}
--> {"id":7,"user_id":13,"ts":"2024-01-01 10:02:20.000"}
SELECT id, country FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country, kind ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1;
--> {"id":1,"country":"IN"}
--> {"id":10,"country":"BR"}
--> {"id":13,"country":"DE"}
--> {"id":2,"country":"US"}
--> {"id":3,"country":"IN"}
--> {"id":4,"country":null}
--> {"id":5,"country":"BR"}
--> {"id":6,"country":"US"}
SELECT id, user_id, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM events) WHERE rn = 1;
--> {"id":10,"user_id":14,"ts":"2024-01-01 10:04:00.000"}
--> {"id":11,"user_id":11,"ts":"2024-01-01 10:03:35.000"}
--> {"id":12,"user_id":13,"ts":"2024-01-01 10:07:10.000"}
--> {"id":13,"user_id":10,"ts":"2024-01-01 10:06:59.000"}
--> {"id":14,"user_id":null,"ts":"2024-01-01 10:02:00.000"}
--> {"id":15,"user_id":12,"ts":"2024-01-01 10:09:30.000"}
SELECT country, COUNT(*) AS n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM events) WHERE rn = 1 GROUP BY country;
--> {"country":"BR","n":2}
--> {"country":"DE","n":1}
--> {"country":"IN","n":1}
--> {"country":"US","n":1}
--> {"country":null,"n":1}
SELECT country, SUM(secs) AS s FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1 GROUP BY country;
--> {"country":"BR","s":68}
--> {"country":"DE","s":-5}
--> {"country":"IN","s":150}
--> {"country":"US","s":153}
--> {"country":null,"s":15}
-- A condition above a deduplication is tested for first rows alone, which need not wait when it drops them.
SELECT id, user_id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1 AND kind = 'play';
--> {"id":1,"user_id":10}
--> {"id":10,"user_id":14}
--> {"id":2,"user_id":11}
--> {"id":4,"user_id":12}
--> {"id":7,"user_id":13}
SELECT id, country FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY country, kind ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1 AND (country IS NULL OR id > 5);
--> {"id":10,"country":"BR"}
--> {"id":13,"country":"DE"}
--> {"id":4,"country":null}
--> {"id":6,"country":"US"}
SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1 AND user_id + 1 > 11 AND kind <> 'x';
SET 'table.exec.state.ttl' = '1 min';
SET 'weir.state.ttl-clock' = 'event';
SELECT id, user_id, kind FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1 AND id <> 4;
--> {"id":1,"user_id":10,"kind":"play"}
--> {"id":11,"user_id":11,"kind":"play"}
--> {"id":12,"user_id":13,"kind":"stop"}
--> {"id":13,"user_id":10,"kind":"seek"}
--> {"id":15,"user_id":12,"kind":"play"}
--> {"id":3,"user_id":10,"kind":"stop"}
--> {"id":5,"user_id":null,"kind":"seek"}
--> {"id":7,"user_id":13,"kind":"play"}
SET 'table.exec.state.ttl' = '5 s';
SELECT id, user_id, kind FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY ts ASC) AS rn FROM events) WHERE rn = 1;
--> {"id":1,"user_id":10,"kind":"play"}
--> {"id":11,"user_id":11,"kind":"play"}
--> {"id":12,"user_id":13,"kind":"stop"}
--> {"id":13,"user_id":10,"kind":"seek"}
--> {"id":15,"user_id":12,"kind":"play"}
--> {"id":2,"user_id":11,"kind":"play"}
--> {"id":3,"user_id":10,"kind":"stop"}
--> {"id":4,"user_id":12,"kind":"play"}
--> {"id":5,"user_id":null,"kind":"seek"}
--> {"id":6,"user_id":11,"kind":"stop"}
--> {"id":7,"user_id":13,"kind":"play"}
