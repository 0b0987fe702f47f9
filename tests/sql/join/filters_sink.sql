-- modes: straight
-- Conditions sink below joins, windows, aggregates and deduplication, and the answers stay.
SET 'execution.runtime-mode' = 'streaming';
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE people (id INT, name STRING, home STRING)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/people.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE rates (country STRING, rate DECIMAL(10, 2), since TIMESTAMP(3), WATERMARK FOR since AS since,
  PRIMARY KEY (country) NOT ENFORCED)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/rates.csv', 'format' = 'csv');
CREATE VIEW rated AS SELECT e.id, e.kind, e.country, UPPER(e.country) AS land, r.rate, e.ts
FROM events AS e LEFT JOIN rates FOR SYSTEM_TIME AS OF e.ts AS r ON e.country = r.country;
EXPLAIN SELECT id, rate FROM rated WHERE kind = 'play' AND id < 9;
--| changes as they come, parallelism 1
--| SINK client {append}
--|   CALC [id, rate] {append}
--|     TEMPORAL JOIN LEFT on country = country as of ts {append; rowtime ts; state left rows until the watermark; versions of the right side, bounded by the input}
--|       CALC [id, country, ts] where ((kind = 'play') AND (id < 9)) {append; rowtime ts}
--|         SCAN default_catalog.default_database.events [id, kind, country, ts] watermark (ts - INTERVAL '30' SECOND) {append; rowtime ts; bounded}
--|       SCAN default_catalog.default_database.rates [country, rate, since] watermark since {append; rowtime since; bounded}
SELECT id, rate FROM rated WHERE kind = 'play' AND id < 9;
--> {"id":1,"rate":0.10}
--> {"id":2,"rate":1.00}
--> {"id":4,"rate":null}
--> {"id":7,"rate":0.20}
--> {"id":8,"rate":0.20}
EXPLAIN SELECT id, rate FROM rated WHERE rate > 0.2 AND id > 3;
--| changes as they come, parallelism 1
--| SINK client {append}
--|   CALC [id, rate] where (rate > 0.20) {append}
--|     TEMPORAL JOIN INNER on country = country as of ts {append; rowtime ts; state left rows until the watermark; versions of the right side, bounded by the input}
--|       CALC [id, country, ts] where (id > 3) {append; rowtime ts}
--|         SCAN default_catalog.default_database.events [id, country, ts] watermark (ts - INTERVAL '30' SECOND) {append; rowtime ts; bounded}
--|       SCAN default_catalog.default_database.rates [country, rate, since] watermark since {append; rowtime since; bounded}
SELECT id, rate FROM rated WHERE rate > 0.2 AND id > 3;
--> {"id":10,"rate":0.50}
--> {"id":11,"rate":2.00}
--> {"id":12,"rate":0.30}
--> {"id":15,"rate":0.50}
--> {"id":6,"rate":1.00}
--> {"id":6,"rate":1.00}
SELECT id, rate FROM rated WHERE rate IS NULL AND id > 3;
--> {"id":13,"rate":null}
--> {"id":14,"rate":null}
--> {"id":4,"rate":null}
--> {"id":5,"rate":null}
--> {"id":9,"rate":null}
EXPLAIN SELECT window_start, land, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE rated, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
WHERE country <> 'US' GROUP BY window_start, window_end, land;
--| changes as they come, parallelism 1
--| SINK client {append}
--|   CALC [window_start, land, EXPR$0 AS n] {append; key land, window_start}
--|     WINDOW AGGREGATE TUMBLE(ts, 60 s) COUNT(*) by land {append; key land, window_start; state open windows}
--|       CALC [UPPER(country) AS land, ts] {append; rowtime ts}
--|         TEMPORAL JOIN LEFT on country = country as of ts {append; rowtime ts; state left rows until the watermark; versions of the right side, bounded by the input}
--|           CALC [country, ts] where (country <> 'US') {append; rowtime ts}
--|             SCAN default_catalog.default_database.events [country, ts] watermark (ts - INTERVAL '30' SECOND) {append; rowtime ts; bounded}
--|           SCAN default_catalog.default_database.rates [country, since] watermark since {append; rowtime since; bounded}
EXPLAIN SELECT e.id, p.name FROM events AS e LEFT JOIN people AS p ON e.user_id = p.id WHERE e.secs > 50 AND p.home = 'IN';
--| changes as they come, parallelism 1
--| SINK client {append}
--|   CALC [id, name] {append}
--|     JOIN INNER on user_id = id {append; state all rows of the right side, read first, bounded by the input}
--|       CALC [id, user_id] where (secs > 50) {append}
--|         SCAN default_catalog.default_database.events [id, user_id, secs] {append; bounded}
--|       CALC [id, name] where (home = 'IN') {append}
--|         SCAN default_catalog.default_database.people [id, name, home] {append; bounded}
SELECT e.id, p.name FROM events AS e LEFT JOIN people AS p ON e.user_id = p.id WHERE e.secs > 50 AND p.home = 'IN';
--> {"id":7,"name":"Dev"}
SELECT e.id, p.name FROM events AS e LEFT JOIN people AS p ON e.user_id = p.id WHERE e.secs > 50 AND p.home IS NULL;
--> {"id":14,"name":null}
--> {"id":15,"name":"Caro"}
--> {"id":9,"name":"Caro"}
CREATE VIEW firsts AS SELECT id, user_id, kind, ts FROM
(SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts) AS rn FROM events WHERE id <> 10) WHERE rn = 1;
EXPLAIN SELECT user_id, id FROM firsts WHERE user_id > 2 AND kind = 'play';
--| changes as they come, parallelism 1
--| SINK client {append}
--|   CALC [user_id, id] {append; key user_id}
--|     DEDUPLICATE first row by user_id in order of ts, kept where (kind = 'play') {append; key user_id; rowtime ts; state 1 row a key, bounded by the input}
--|       LATE FILTER {append; rowtime ts}
--|         CALC [id, user_id, kind, ts] where ((id <> 10) AND (user_id > 2)) {append; rowtime ts}
--|           SCAN default_catalog.default_database.events [id, user_id, kind, ts] watermark (ts - INTERVAL '30' SECOND) {append; rowtime ts; bounded}
SELECT user_id, id FROM firsts WHERE user_id > 2 AND kind = 'play';
--> {"user_id":10,"id":1}
--> {"user_id":11,"id":2}
--> {"user_id":12,"id":4}
--> {"user_id":13,"id":7}
EXPLAIN SELECT * FROM (SELECT country, COUNT(*) AS n FROM events GROUP BY country) WHERE country IN ('IN', 'US') AND n > 3;
--| changes as they come, parallelism 1
--| SINK client {retract}
--|   CALC [country, n] where (n > 3) {retract; key country}
--|     GROUP AGGREGATE COUNT(*) by country {retract; key country; state 1 row a key, bounded by the input}
--|       CALC [country] where (country IN ('IN', 'US')) {append}
--|         SCAN default_catalog.default_database.events [country] {append; bounded}
SELECT * FROM (SELECT country, COUNT(*) AS n FROM events GROUP BY country) WHERE country IN ('IN', 'US') AND n > 3;
--> {"country":"IN","n":5}
--> {"country":"US","n":4}
EXPLAIN SELECT * FROM (SELECT id, secs FROM events UNION ALL SELECT id, 0 FROM people) WHERE id = 3;
--| changes as they come, parallelism 1
--| SINK client {append}
--|   UNION ALL {append}
--|     CALC [id, secs] where (id = 3) {append}
--|       SCAN default_catalog.default_database.events [id, secs] {append; bounded}
--|     CALC [id, secs] where (id = 3) {append}
--|       CALC [CAST(id AS BIGINT) AS id, 0 AS secs] {append}
--|         SCAN default_catalog.default_database.people [id] {append; bounded}
SELECT * FROM (SELECT id, secs FROM events UNION ALL SELECT id, 0 FROM people) WHERE id = 3;
--> {"id":3,"secs":null}
