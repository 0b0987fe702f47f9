-- HAVING, FILTER, DISTINCT aggregates and SELECT DISTINCT.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT country, COUNT(*) AS n FROM events GROUP BY country HAVING COUNT(*) > 2;
--> {"country":"BR","n":3}
--> {"country":"IN","n":5}
--> {"country":"US","n":4}
--> {"country":null,"n":3}
SELECT user_id, SUM(secs) AS s FROM events GROUP BY user_id HAVING SUM(secs) BETWEEN 70 AND 200;
--> {"user_id":10,"s":70}
--> {"user_id":12,"s":166}
--> {"user_id":13,"s":120}
SELECT country, COUNT(*) FILTER (WHERE kind = 'play') AS plays, SUM(secs) FILTER (WHERE secs > 40) AS long FROM events GROUP BY country;
--> {"country":"BR","plays":2,"long":61}
--> {"country":"DE","plays":0,"long":null}
--> {"country":"IN","plays":3,"long":165}
--> {"country":"US","plays":2,"long":180}
--> {"country":null,"plays":2,"long":390}
SELECT country, COUNT(DISTINCT user_id) AS u, COUNT(DISTINCT kind) AS k, SUM(DISTINCT secs) AS s FROM events GROUP BY country;
--> {"country":"BR","u":2,"k":2,"s":68}
--> {"country":"DE","u":1,"k":1,"s":-5}
--> {"country":"IN","u":2,"k":2,"s":195}
--> {"country":"US","u":1,"k":2,"s":93}
--> {"country":null,"u":1,"k":1,"s":405}
SELECT COUNT(DISTINCT country) AS c, COUNT(DISTINCT user_id) FILTER (WHERE kind = 'play') AS p FROM events;
--> {"c":4,"p":5}
SELECT DISTINCT country, kind FROM events;
--> {"country":"BR","kind":"play"}
--> {"country":"BR","kind":"seek"}
--> {"country":"DE","kind":"seek"}
--> {"country":"IN","kind":"play"}
--> {"country":"IN","kind":"stop"}
--> {"country":"US","kind":"play"}
--> {"country":"US","kind":"stop"}
--> {"country":null,"kind":"play"}
--> {"country":null,"kind":null}
SELECT DISTINCT user_id FROM events WHERE secs > 50;
--> {"user_id":11}
--> {"user_id":12}
--> {"user_id":13}
--> {"user_id":null}
