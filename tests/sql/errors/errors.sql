-- What is said about wrong statements.
-- modes: straight
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT idd FROM events;
--! 42703: there is no column 'idd' (did you mean 'id'?)
SELECT id FROM event;
--! 42P01: there is no table or view 'event' (did you mean 'events'?)
SELECT id FROM events WHERE secs = ;
--! 42601: the statement ends too early: expected an expression
SELECT UPPR(kind) FROM events;
--! 42883: there is no function 'UPPR' (did you mean UPPER?)
SELECT id + kind FROM events WHERE kind;
--! 42804: WHERE needs a BOOLEAN, but this is STRING
SELECT country, id FROM events GROUP BY country;
--! 42000: column 'id' is neither in GROUP BY nor inside an aggregate (add 'id' to GROUP BY, or use MAX(id))
SELECT id FROM events UNION ALL SELECT id, kind FROM events;
--! 42000: the two sides have 1 and 2 columns
CREATE TABLE events (x INT) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
--! 42710: there is a table 'events' already
SELECT 1 / 0 FROM events;
--! 22012: division by zero
SELECT CAST(kind AS INT) FROM events;
--! 22018: cannot cast 'play' to INT
SELECT COUNT(*) FROM events WHERE COUNT(*) > 1;
--! 42000: aggregate COUNT cannot stand in WHERE
SET 'table.exec.sink.type-length-enforcer' = 'TRIM_PAD';
--! 0A000: 'table.exec.sink.type-length-enforcer' = 'TRIM_PAD' is not supported yet
SET 'execution.state-recovery.path' = 'x';
--! 0A000: 'execution.state-recovery.path' = 'x' is not supported yet (weir run --state DIR goes on from the checkpoint in DIR)
CREATE TABLE t (x INT) WITH ('connector' = 'iceberg');
--! 0A000: connector 'iceberg' is not supported yet
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'orc');
--! 0A000: format 'orc' is not supported yet
