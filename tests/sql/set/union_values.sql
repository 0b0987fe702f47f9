-- UNION ALL, UNION and VALUES.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE nothing (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id FROM events WHERE country = 'US' UNION ALL SELECT id FROM events WHERE secs > 100;
--> {"id":11}
--> {"id":14}
--> {"id":2}
--> {"id":6}
--> {"id":6}
--> {"id":7}
SELECT country FROM events UNION ALL SELECT country FROM nothing UNION ALL SELECT 'XX';
--> {"country":"BR"}
--> {"country":"BR"}
--> {"country":"BR"}
--> {"country":"DE"}
--> {"country":"IN"}
--> {"country":"IN"}
--> {"country":"IN"}
--> {"country":"IN"}
--> {"country":"IN"}
--> {"country":"US"}
--> {"country":"US"}
--> {"country":"US"}
--> {"country":"US"}
--> {"country":"XX"}
--> {"country":null}
--> {"country":null}
--> {"country":null}
SELECT kind FROM events UNION SELECT country FROM events;
--> {"kind":"BR"}
--> {"kind":"DE"}
--> {"kind":"IN"}
--> {"kind":"US"}
--> {"kind":"play"}
--> {"kind":"seek"}
--> {"kind":"stop"}
--> {"kind":null}
SELECT k, COUNT(*) AS n FROM (SELECT kind AS k FROM events UNION ALL SELECT country FROM events) GROUP BY k;
--> {"k":"BR","n":3}
--> {"k":"DE","n":1}
--> {"k":"IN","n":5}
--> {"k":"US","n":4}
--> {"k":"play","n":9}
--> {"k":"seek","n":2}
--> {"k":"stop","n":4}
--> {"k":null,"n":4}
SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (2, 'b'), (3, CAST(NULL AS STRING))) AS t (n, s);
--> {"n":1,"s":"a"}
--> {"n":2,"s":"b"}
--> {"n":2,"s":"b"}
--> {"n":3,"s":null}
SELECT s, COUNT(*) AS c, SUM(n) AS total FROM (VALUES (1, 'a'), (2, 'b'), (2, 'b'), (4, CAST(NULL AS STRING))) AS t (n, s) GROUP BY s;
--> {"s":"a","c":1,"total":1}
--> {"s":"b","c":2,"total":4}
--> {"s":null,"c":1,"total":4}
SELECT e.id, v.label FROM events AS e JOIN (VALUES ('IN', 'India'), ('BR', 'Brazil')) AS v (c, label) ON e.country = v.c;
--> {"id":1,"label":"India"}
--> {"id":10,"label":"Brazil"}
--> {"id":12,"label":"India"}
--> {"id":15,"label":"Brazil"}
--> {"id":3,"label":"India"}
--> {"id":5,"label":"Brazil"}
--> {"id":7,"label":"India"}
--> {"id":8,"label":"India"}
SELECT 1 AS one, 'x' AS x;
--> {"one":1,"x":"x"}
