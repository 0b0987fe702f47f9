-- Tables a, b, r (versions by k) come from run: id BIGINT, k INT, g STRING, v BIGINT, ts TIMESTAMP(3), watermark 10 s behind.
-- A query is named by the comment before it.
CREATE VIEW per_10s AS SELECT window_time AS wt, k, COUNT(*) AS c, SUM(v) AS s FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time, k;
CREATE VIEW firsts AS SELECT k, id, g, v, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS rn FROM a) WHERE rn = 1;
CREATE VIEW enriched AS SELECT x.id, x.k, x.ts, r.v, r.g AS rg FROM a AS x LEFT JOIN r FOR SYSTEM_TIME AS OF x.ts AS r ON x.k = r.k;

-- group
SELECT k, COUNT(*) AS c, SUM(v) AS s, MIN(v) AS mi, MAX(g) AS ma, COUNT(DISTINCT g) AS d FROM a GROUP BY k;
-- group_two_keys
SELECT g, k, COUNT(v) AS c, AVG(v) AS s, SUM(v) FILTER (WHERE v > 0) AS p FROM a GROUP BY g, k;
-- group_all
SELECT COUNT(*) AS c, SUM(v) AS s, COUNT(DISTINCT k) AS d FROM a;
-- having
SELECT k, COUNT(*) AS c FROM a GROUP BY k HAVING COUNT(*) > 2;
-- group_over_updates
SELECT c, COUNT(*) AS n, SUM(s) AS ss, MAX(s) AS mx FROM (SELECT k, COUNT(*) AS c, SUM(v) AS s FROM a GROUP BY k) GROUP BY c;
-- distinct
SELECT DISTINCT g, k FROM a;
-- tumble
SELECT window_start, k, COUNT(*) AS c, SUM(v) AS s, COUNT(DISTINCT g) AS d FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, k;
-- tumble_all
SELECT window_start, COUNT(*) AS c, MIN(g) AS s FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
-- hop
SELECT window_start, g, COUNT(*) AS c, SUM(v) AS s FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, g;
-- window_over_updates
SELECT window_start, COUNT(*) AS c, SUM(v) AS s FROM TABLE(TUMBLE(TABLE (SELECT k, v, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS rn FROM a) WHERE rn = 1), DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
-- cumulate
SELECT window_start, window_end, g, COUNT(*) AS c, MAX(v) AS s FROM TABLE(CUMULATE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, g;
-- window_of_windows
SELECT window_start, SUM(c) AS c, MAX(s) AS s FROM TABLE(TUMBLE(TABLE per_10s, DESCRIPTOR(wt), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
-- first
SELECT * FROM firsts;
-- last
SELECT k, id, g, v, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS rn FROM a) WHERE rn = 1;
-- window_of_firsts
SELECT window_start, g, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE firsts, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, g;
-- join
SELECT x.id, y.id AS yid, x.g, y.v FROM a AS x JOIN b AS y ON x.k = y.k AND x.v < y.v WHERE x.id < 400;
-- left_join
SELECT x.id, y.id AS yid, x.g, y.v FROM (SELECT * FROM a WHERE id < 500) AS x LEFT JOIN (SELECT * FROM b WHERE v > 700) AS y ON x.k = y.k;
-- join_of_updates
SELECT x.k, x.c, y.c AS yc FROM (SELECT k, COUNT(*) AS c FROM a GROUP BY k) AS x LEFT JOIN (SELECT k, COUNT(*) AS c FROM b WHERE v > 0 GROUP BY k) AS y ON x.k = y.k;
-- group_over_join
SELECT y.c, COUNT(*) AS n, SUM(x.v) AS s FROM a AS x JOIN (SELECT k, COUNT(*) AS c FROM b GROUP BY k) AS y ON x.k = y.k GROUP BY y.c;
-- temporal_join
SELECT x.id, x.k, x.ts, r.v, r.g FROM a AS x JOIN r FOR SYSTEM_TIME AS OF x.ts AS r ON x.k = r.k;
-- temporal_left_join
SELECT * FROM enriched;
-- window_of_temporal_join
SELECT window_start, rg, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE enriched, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, rg;
-- union
SELECT g, COUNT(*) AS c FROM (SELECT g, v FROM a UNION ALL SELECT g, v FROM b) GROUP BY g;
