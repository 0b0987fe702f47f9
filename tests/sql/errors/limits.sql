-- Statements that are too large are refused at once, and large ones that are not take no time or memory to speak of.
-- modes: straight
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
WITH c0 AS (SELECT id FROM events),
  c1 AS (SELECT id FROM c0 UNION ALL SELECT id FROM c0),
  c2 AS (SELECT id FROM c1 UNION ALL SELECT id FROM c1),
  c3 AS (SELECT id FROM c2 UNION ALL SELECT id FROM c2),
  c4 AS (SELECT id FROM c3 UNION ALL SELECT id FROM c3),
  c5 AS (SELECT id FROM c4 UNION ALL SELECT id FROM c4),
  c6 AS (SELECT id FROM c5 UNION ALL SELECT id FROM c5),
  c7 AS (SELECT id FROM c6 UNION ALL SELECT id FROM c6),
  c8 AS (SELECT id FROM c7 UNION ALL SELECT id FROM c7),
  c9 AS (SELECT id FROM c8 UNION ALL SELECT id FROM c8),
  c10 AS (SELECT id FROM c9 UNION ALL SELECT id FROM c9),
  c11 AS (SELECT id FROM c10 UNION ALL SELECT id FROM c10),
  c12 AS (SELECT id FROM c11 UNION ALL SELECT id FROM c11),
  c13 AS (SELECT id FROM c12 UNION ALL SELECT id FROM c12),
  c14 AS (SELECT id FROM c13 UNION ALL SELECT id FROM c13)
SELECT id FROM c14;
--! 54000: the statement reads more than 5000 tables and views
SET 'weir.source.chunk-bytes' = '0';
--! WR001: option 'weir.source.chunk-bytes' of the session must be between 1 and 1073741824 bytes, not '0'
SET 'weir.source.chunk-bytes' = '8 gb';
--! WR001: option 'weir.source.chunk-bytes' of the session must be between 1 and 1073741824 bytes, not '8 gb'
SET 'table.exec.state.ttl' = '106751991 d';
--! WR001: option 'table.exec.state.ttl' of the session must be a duration such as '10 s', not '106751991 d'
SELECT x FROM (VALUES (1), (2), (3)) AS v(x) ORDER BY x LIMIT 9223372036854775807 OFFSET 1;
--> {"x":2}
--> {"x":3}
SELECT 1 AS a, 2 AS a0, 3 AS a, 4 AS a;
--> {"a":1,"a0":2,"a1":3,"a2":4}
