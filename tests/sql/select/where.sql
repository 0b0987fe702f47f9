-- Filters and NULL: three-valued logic, IN and NOT IN with NULL, BETWEEN, LIKE, IS DISTINCT FROM.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE nothing (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id FROM events WHERE kind = 'play' AND country IS NULL;
--> {"id":14}
--> {"id":4}
SELECT id FROM events WHERE NOT (country = 'IN');
--> {"id":10}
--> {"id":11}
--> {"id":13}
--> {"id":15}
--> {"id":2}
--> {"id":5}
--> {"id":6}
--> {"id":6}
SELECT id FROM events WHERE country <> 'IN' OR country IS NULL;
--> {"id":10}
--> {"id":11}
--> {"id":13}
--> {"id":14}
--> {"id":15}
--> {"id":2}
--> {"id":4}
--> {"id":5}
--> {"id":6}
--> {"id":6}
--> {"id":9}
SELECT id FROM events WHERE country IN ('US', NULL);
--> {"id":11}
--> {"id":2}
--> {"id":6}
--> {"id":6}
SELECT id FROM events WHERE country NOT IN ('US', NULL);
SELECT id FROM events WHERE user_id NOT IN (10, 11);
--> {"id":10}
--> {"id":12}
--> {"id":15}
--> {"id":4}
--> {"id":7}
--> {"id":9}
SELECT id FROM events WHERE secs BETWEEN 30 AND 60;
--> {"id":11}
--> {"id":1}
--> {"id":2}
--> {"id":6}
--> {"id":6}
--> {"id":8}
SELECT id FROM events WHERE secs NOT BETWEEN 0 AND 100;
--> {"id":13}
--> {"id":14}
--> {"id":7}
SELECT id FROM events WHERE country IS DISTINCT FROM 'IN' AND secs > 50;
--> {"id":14}
--> {"id":15}
--> {"id":2}
--> {"id":6}
--> {"id":6}
--> {"id":9}
SELECT id FROM events WHERE kind LIKE 's%k';
--> {"id":13}
--> {"id":5}
SELECT id FROM events WHERE (secs > 50) IS UNKNOWN;
--> {"id":12}
--> {"id":3}
SELECT id FROM events WHERE (price > 3 OR secs > 100) IS NOT TRUE AND id < 6;
--> {"id":1}
--> {"id":2}
--> {"id":3}
--> {"id":4}
SELECT id FROM events WHERE ts >= TIMESTAMP '2024-01-01 10:03:00' AND ts < TIMESTAMP '2024-01-01 10:07:00';
--> {"id":10}
--> {"id":11}
--> {"id":13}
SELECT id, secs FROM nothing WHERE secs > 0;
SELECT id FROM events WHERE FALSE;
