-- ORDER BY and LIMIT of final rows: NULLs, ties, several keys, offsets. Rows come in order, which --> does not look at.
-- modes: straight, small, workers
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE nothing (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, secs FROM events ORDER BY secs, id LIMIT 3;
--> {"id":12,"secs":null}
--> {"id":13,"secs":-5}
--> {"id":3,"secs":null}
SELECT id, secs FROM events ORDER BY secs DESC, id DESC LIMIT 3;
--> {"id":14,"secs":300}
--> {"id":7,"secs":120}
--> {"id":9,"secs":90}
SELECT id, country FROM events ORDER BY country DESC, id LIMIT 4;
--> {"id":11,"country":"US"}
--> {"id":2,"country":"US"}
--> {"id":6,"country":"US"}
--> {"id":6,"country":"US"}
SELECT id, price FROM events WHERE price IS NOT NULL ORDER BY price DESC, id LIMIT 2 OFFSET 2;
--> {"id":15,"price":5.00}
--> {"id":9,"price":4.10}
SELECT country, COUNT(*) AS n FROM events GROUP BY country ORDER BY n DESC, country LIMIT 2;
--> {"country":"IN","n":5}
--> {"country":"US","n":4}
SELECT DISTINCT kind FROM events ORDER BY kind LIMIT 10;
--> {"kind":"play"}
--> {"kind":"seek"}
--> {"kind":"stop"}
--> {"kind":null}
SELECT id FROM events ORDER BY id LIMIT 0;
SELECT id FROM nothing ORDER BY id LIMIT 5;
SELECT id FROM events ORDER BY id DESC FETCH FIRST 2 ROWS ONLY;
--> {"id":14}
--> {"id":15}
