-- As changes: RIGHT and FULL joins, sub-queries of IN and EXISTS, INTERSECT and EXCEPT, UNNEST: over rows and over updates.
SET 'execution.runtime-mode' = 'streaming';
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE people (id INT, name STRING, home STRING)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/people.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE VIEW counts AS SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id;
CREATE VIEW long AS SELECT country, user_id, SUM(secs) AS s FROM events WHERE kind = 'play' GROUP BY country, user_id;
SELECT e.id, p.name FROM events AS e RIGHT JOIN people AS p ON e.user_id = p.id AND e.kind = 'stop';
--> {"id":12,"name":"Dev"}
--> {"id":12,"name":"Dora"}
--> {"id":3,"name":"Asha"}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":null,"name":"Caro"}
--> {"id":null,"name":"Eve"}
--> {"id":null,"name":"Nobody"}
SELECT e.id, p.name FROM events AS e FULL JOIN people AS p ON e.user_id = p.id AND e.secs > 20;
--> {"id":1,"name":"Asha"}
--> {"id":10,"name":null}
--> {"id":11,"name":"Bob"}
--> {"id":12,"name":null}
--> {"id":13,"name":null}
--> {"id":14,"name":null}
--> {"id":15,"name":"Caro"}
--> {"id":2,"name":"Bob"}
--> {"id":3,"name":null}
--> {"id":4,"name":null}
--> {"id":5,"name":null}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":7,"name":"Dev"}
--> {"id":7,"name":"Dora"}
--> {"id":8,"name":"Asha"}
--> {"id":9,"name":"Caro"}
--> {"id":null,"name":"Eve"}
--> {"id":null,"name":"Nobody"}
SELECT c.user_id, c.n, p.name FROM counts AS c FULL JOIN people AS p ON c.user_id = p.id AND c.n > 2;
--> {"user_id":10,"n":4,"name":"Asha"}
--> {"user_id":11,"n":4,"name":"Bob"}
--> {"user_id":12,"n":3,"name":"Caro"}
--> {"user_id":13,"n":2,"name":null}
--> {"user_id":14,"n":1,"name":null}
--> {"user_id":null,"n":2,"name":null}
--> {"user_id":null,"n":null,"name":"Dev"}
--> {"user_id":null,"n":null,"name":"Dora"}
--> {"user_id":null,"n":null,"name":"Eve"}
--> {"user_id":null,"n":null,"name":"Nobody"}
SELECT c.user_id, c.n, l.country, l.s FROM counts AS c FULL JOIN long AS l ON c.user_id = l.user_id AND l.s < 100;
--> {"user_id":10,"n":4,"country":"IN","s":75}
--> {"user_id":11,"n":4,"country":"US","s":93}
--> {"user_id":12,"n":3,"country":"BR","s":61}
--> {"user_id":12,"n":3,"country":null,"s":15}
--> {"user_id":13,"n":2,"country":null,"s":null}
--> {"user_id":14,"n":1,"country":"BR","s":0}
--> {"user_id":null,"n":2,"country":null,"s":null}
--> {"user_id":null,"n":null,"country":"IN","s":120}
--> {"user_id":null,"n":null,"country":null,"s":300}
SELECT l.country, l.s, c.n FROM long AS l RIGHT JOIN counts AS c ON c.user_id = l.user_id AND l.s > 50;
--> {"country":"BR","s":61,"n":3}
--> {"country":"IN","s":120,"n":2}
--> {"country":"IN","s":75,"n":4}
--> {"country":"US","s":93,"n":4}
--> {"country":null,"s":null,"n":1}
--> {"country":null,"s":null,"n":2}
SELECT id FROM events WHERE user_id IN (SELECT id FROM people WHERE home IS NOT NULL) AND secs > 10;
--> {"id":11}
--> {"id":1}
--> {"id":2}
--> {"id":6}
--> {"id":6}
--> {"id":7}
--> {"id":8}
SELECT name FROM people WHERE id NOT IN (SELECT user_id FROM events WHERE user_id IS NOT NULL);
--> {"name":"Eve"}
SELECT name FROM people WHERE id NOT IN (SELECT user_id FROM events);
SELECT name FROM people AS p WHERE EXISTS (SELECT * FROM events AS e WHERE e.user_id = p.id AND e.secs > 50);
--> {"name":"Bob"}
--> {"name":"Caro"}
--> {"name":"Dev"}
--> {"name":"Dora"}
SELECT name FROM people AS p WHERE NOT EXISTS (SELECT id FROM events AS e WHERE e.user_id = p.id AND e.country = home);
--> {"name":"Caro"}
--> {"name":"Dora"}
--> {"name":"Eve"}
--> {"name":"Nobody"}
SELECT user_id, n FROM counts WHERE user_id IN (SELECT user_id FROM long WHERE s > 40);
--> {"user_id":10,"n":4}
--> {"user_id":11,"n":4}
--> {"user_id":12,"n":3}
--> {"user_id":13,"n":2}
SELECT user_id, n FROM counts AS c WHERE NOT EXISTS (SELECT 1 FROM long AS l WHERE l.user_id = c.user_id AND l.s > 40);
--> {"user_id":14,"n":1}
--> {"user_id":null,"n":2}
SELECT id FROM events WHERE secs > (SELECT AVG(secs) FROM events) AND id < (SELECT MAX(id) - 1 FROM events);
--> {"id":7}
--> {"id":9}
SELECT country FROM events INTERSECT SELECT home FROM people;
--> {"country":"BR"}
--> {"country":"DE"}
--> {"country":"IN"}
--> {"country":"US"}
--> {"country":null}
SELECT country FROM events EXCEPT SELECT home FROM people;
SELECT country FROM events INTERSECT ALL SELECT home FROM people;
--> {"country":"BR"}
--> {"country":"DE"}
--> {"country":"IN"}
--> {"country":"IN"}
--> {"country":"US"}
--> {"country":"US"}
--> {"country":null}
SELECT country, kind FROM events EXCEPT ALL (SELECT country, kind FROM events WHERE secs > 30 UNION ALL SELECT 'IN', 'play');
--> {"country":"BR","kind":"play"}
--> {"country":"BR","kind":"seek"}
--> {"country":"DE","kind":"seek"}
--> {"country":"IN","kind":"stop"}
--> {"country":"IN","kind":"stop"}
--> {"country":null,"kind":"play"}
SELECT id, t.w, t.p FROM events CROSS JOIN UNNEST(SPLIT(kind, 'a')) WITH ORDINALITY AS t(w, p) WHERE id < 4;
--> {"id":1,"w":"pl","p":1}
--> {"id":1,"w":"y","p":2}
--> {"id":2,"w":"pl","p":1}
--> {"id":2,"w":"y","p":2}
--> {"id":3,"w":"stop","p":1}
SELECT id, k, v FROM events LEFT JOIN UNNEST(CASE WHEN id > 2 THEN MAP['a', secs, 'b', 1] END) AS m(k, v) ON TRUE WHERE id < 5;
--> {"id":1,"k":null,"v":null}
--> {"id":2,"k":null,"v":null}
--> {"id":3,"k":"a","v":null}
--> {"id":3,"k":"b","v":1}
--> {"id":4,"k":"a","v":15}
--> {"id":4,"k":"b","v":1}
SELECT user_id, x FROM counts, UNNEST(ARRAY[n, n * 10]) AS t(x) WHERE x > 2;
--> {"user_id":10,"x":40}
--> {"user_id":10,"x":4}
--> {"user_id":11,"x":40}
--> {"user_id":11,"x":4}
--> {"user_id":12,"x":30}
--> {"user_id":12,"x":3}
--> {"user_id":13,"x":20}
--> {"user_id":14,"x":10}
--> {"user_id":null,"x":20}
SELECT id FROM events AS e WHERE EXISTS (SELECT 1 FROM people AS p WHERE p.id = e.user_id AND EXISTS (SELECT 1 FROM events AS f WHERE f.user_id = p.id AND f.secs > 50));
--> {"id":11}
--> {"id":12}
--> {"id":15}
--> {"id":2}
--> {"id":4}
--> {"id":6}
--> {"id":6}
--> {"id":7}
--> {"id":9}
