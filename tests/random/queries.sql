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
-- top_n
SELECT g, id, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY g ORDER BY v DESC, id) AS rn FROM a) WHERE rn <= 5;
-- top_n_of_updates
SELECT k, c, rn FROM (SELECT k, c, ROW_NUMBER() OVER (ORDER BY c DESC, k) AS rn FROM (SELECT k, COUNT(*) AS c FROM a WHERE v > 0 GROUP BY k)) WHERE rn BETWEEN 2 AND 6;
-- group_over_top_n
SELECT g, COUNT(*) AS n, MIN(v) AS low FROM (SELECT g, v, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v, id) AS rn FROM a) WHERE rn <= 3 GROUP BY g;
-- window_top_n
SELECT window_start, k, c, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY c DESC, k) AS rn FROM (SELECT window_start, window_end, k, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, k)) WHERE rn <= 3;
-- window_first
SELECT window_start, g, id, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, g ORDER BY v, id) AS rn FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE))) WHERE rn = 1;
-- hop_uneven
SELECT HOP_START(ts, INTERVAL '7' SECOND, INTERVAL '20' SECOND) AS s, g, COUNT(*) AS c FROM a GROUP BY g, HOP(ts, INTERVAL '7' SECOND, INTERVAL '20' SECOND);
-- full_join
SELECT x.id, y.id AS yid, x.g, y.v FROM (SELECT * FROM a WHERE id < 500) AS x FULL JOIN (SELECT * FROM b WHERE v > 700) AS y ON x.k = y.k AND x.v < y.v;
-- full_join_of_updates
SELECT x.k, x.c, y.k AS yk, y.c AS yc FROM (SELECT k, COUNT(*) AS c FROM a WHERE v > 500 GROUP BY k) AS x FULL JOIN (SELECT k, COUNT(*) AS c FROM b GROUP BY k) AS y ON x.k = y.k AND x.c > y.c;
-- right_join
SELECT x.id, y.id AS yid FROM (SELECT * FROM a WHERE id < 500) AS x RIGHT JOIN b AS y ON x.k = y.k AND x.g = y.g;
-- semi_join
SELECT id, k FROM a WHERE k IN (SELECT k FROM b WHERE v > 500) AND id < 2000;
-- anti_join_of_updates
SELECT k, c FROM (SELECT k, COUNT(*) AS c FROM a GROUP BY k) AS x WHERE NOT EXISTS (SELECT * FROM (SELECT k, SUM(v) AS s FROM b GROUP BY k) AS y WHERE y.k = x.k AND y.s > 1000);
-- semi_join_of_updates
SELECT k, c FROM (SELECT k, COUNT(*) AS c FROM a GROUP BY k) AS x WHERE EXISTS (SELECT * FROM (SELECT k, SUM(v) AS s FROM b GROUP BY k) AS y WHERE y.k = x.k AND y.s > x.c * 100);
-- not_in
SELECT id FROM a WHERE id < 300 AND k NOT IN (SELECT k FROM b WHERE v > 900 AND k IS NOT NULL);
-- scalar
SELECT id FROM a WHERE v > (SELECT AVG(v) FROM b) AND id < 1000;
-- intersect
SELECT g, k FROM a INTERSECT SELECT g, k FROM b;
-- except_all
SELECT g, k FROM a EXCEPT ALL SELECT g, k FROM b;
-- grouping_sets
SELECT g, k, COUNT(*) AS c, SUM(v) AS s FROM a GROUP BY GROUPING SETS ((g), (k), (g, k), ());
-- window_rollup
SELECT window_start, g, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, ROLLUP (g);
-- unnest
SELECT id, w, p FROM a LEFT JOIN UNNEST(SPLIT(g, ' ')) WITH ORDINALITY AS t(w, p) ON TRUE;
