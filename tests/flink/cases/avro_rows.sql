-- Rows within rows of Avro files: NULL as a whole and in parts, read in part, as a whole and below CASE; a time out of them.
CREATE TABLE plays (id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2))
WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE events (
  kind INT,
  a ROW<id INT, name STRING, tim TIMESTAMP(3), extra STRING, ok BOOLEAN>,
  b ROW<id BIGINT, secs DOUBLE, tim TIMESTAMP(3), note STRING>,
  c ROW<id INT NOT NULL, name STRING> NOT NULL,
  tim AS CASE kind WHEN 0 THEN a.tim ELSE b.tim END,
  WATERMARK FOR tim AS tim - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${TMP}/events', 'format' = 'avro');
INSERT INTO events (kind, a, b, c) SELECT MOD(id, 3),
  CASE MOD(id, 3) WHEN 0 THEN ROW(id, user_id, ts, country || ' and a longer text than fits', secs > 100) END,
  CASE MOD(id, 3) WHEN 0 THEN NULL ELSE ROW(CAST(id AS BIGINT), CAST(secs AS DOUBLE), ts, country) END,
  ROW(id, user_id) FROM plays;

SELECT a.id, a.name, a.extra, tim FROM events WHERE kind = 0 AND a.id < 40;
SELECT b.id, b.secs, b.note, tim FROM events WHERE kind = 1 AND b.id < 40;
SELECT kind, a, b, c FROM events WHERE c.id < 12;
SELECT kind, a.ok, a.name, b.note FROM events WHERE c.id < 20;
SELECT CASE kind WHEN 1 THEN b.note WHEN 2 THEN 'two' END AS x, CASE WHEN kind = 0 THEN 1 ELSE 2 END AS y, c.name
FROM events WHERE kind = 1 AND c.id < 30;
SELECT window_start, COUNT(*) AS n, COUNT(a.id) AS a, COUNT(b.secs) AS b
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(tim), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
CREATE TABLE deep (id INT, r ROW<n INT, o ROW<x INT, y STRING>, z STRING>)
WITH ('connector' = 'filesystem', 'path' = '${TMP}/deep', 'format' = 'avro');
INSERT INTO deep SELECT id, CASE WHEN MOD(id, 2) = 0 THEN ROW(secs, ROW(id, user_id), country) END FROM plays;
SELECT id, r.o.x, r.o.y FROM deep WHERE id < 20;
SELECT id, r.o, r.z FROM deep WHERE id < 20;
SELECT id, r FROM deep WHERE id < 10;
