-- Windows, joins and rows of a key.
-- modes: straight
CREATE TABLE s (id BIGINT, name STRING, ts TIMESTAMP(3), plain TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
CREATE TABLE nokey (id BIGINT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
CREATE TABLE rates (cur STRING, rate DOUBLE, ts TIMESTAMP(3), PRIMARY KEY (cur) NOT ENFORCED, WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
CREATE TABLE zoned (cur STRING, ts TIMESTAMP_LTZ(3), PRIMARY KEY (cur) NOT ENFORCED, WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts))) GROUP BY window_start, window_end;
--^ error 42000: the arguments of this window do not fit
--^   --> -c:1:42
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts))) GROUP BY window_start, window_end;
--^   |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: it is called as TUMBLE(TABLE t, DESCRIPTOR(ts), size [, offset])
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(plain), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 42000: a window needs a time attribute, but 'plain' is a plain TIMESTAMP(3)
--^   --> -c:1:69
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(plain), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^   |                                                                     ^^^^^
--^ hint: declare WATERMARK FOR plain AS .. in CREATE TABLE; an updating query or a join in between loses the attribute
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(tss), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 42703: there is no column 'tss'
--^   --> -c:1:69
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(tss), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^   |                                                                     ^^^
--^ hint: did you mean 'ts'?
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts, id), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 42000: DESCRIPTOR must name one column here
--^   --> -c:1:58
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts, id), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^   |                                                          ^^^^^^^^^^^^^^^^^^
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), 60)) GROUP BY window_start, window_end;
--^ error 42804: the size of a window must be a constant interval of days to seconds
--^   --> -c:1:74
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), 60)) GROUP BY window_start, window_end;
--^   |                                                                          ^^
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MONTH)) GROUP BY window_start, window_end;
--^ error 42804: the size of a window must be a constant interval of days to seconds
--^   --> -c:1:74
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MONTH)) GROUP BY window_start, window_end;
--^   |                                                                          ^^^^^^^^^^^^^^^^^^
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '0' SECOND)) GROUP BY window_start, window_end;
--^ error 42000: the size of a window must be positive
--^   --> -c:1:74
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '0' SECOND)) GROUP BY window_start, window_end;
--^   |                                                                          ^^^^^^^^^^^^^^^^^^^
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '0.0005' SECOND(1, 6))) GROUP BY window_start, window_end;
--^ error 42000: the size of a window must be whole milliseconds
--^   --> -c:1:74
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '0.0005' SECOND(1, 6))) GROUP BY window_start, window_end;
--^   |                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT window_start, COUNT(*) FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '2' MINUTE, INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 42000: to aggregate over HOP its size must be a multiple of its slide
--^   --> -c:1:123
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '2' MINUTE, INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^   |                                                                                                                           ^^^^^^^^^^^^
--^ hint: the older form takes any size: GROUP BY HOP(ts, slide, size)
SELECT window_start, COUNT(*) FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '7' MINUTE, INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
--^ error 42000: the size of a window must be a multiple of its step
--^   --> -c:1:42
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '7' MINUTE, INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
--^   |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT window_start, COUNT(*) FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
--^ error 42000: the step of a window must not be more than its size
--^   --> -c:1:42
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
--^   |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT window_start, COUNT(*) FROM TABLE(SESSION(TABLE s PARTITION BY id, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 0A000: table function SESSION is not supported yet
--^   --> -c:1:42
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(SESSION(TABLE s PARTITION BY id, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^   |                                          ^^^^^^^
--^ hint: there are TUMBLE, HOP and CUMULATE
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s PARTITION BY id, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 0A000: PARTITION BY in a window's table is not supported yet
--^   --> -c:1:49
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s PARTITION BY id, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^   |                                                 ^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM TABLE(TUMBEL(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
--^ error 0A000: table function TUMBEL is not supported yet
--^   --> -c:1:21
--^ 1 | SELECT * FROM TABLE(TUMBEL(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
--^   |                     ^^^^^^
--^ hint: did you mean TUMBLE?
SELECT TUMBLE(ts, INTERVAL '1' MINUTE) FROM s;
--^ error 42000: TUMBLE can stand only in GROUP BY or in FROM TABLE(..)
--^   --> -c:1:8
--^ 1 | SELECT TUMBLE(ts, INTERVAL '1' MINUTE) FROM s;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE) FROM s GROUP BY id;
--^ error 42000: TUMBLE_START needs its window in GROUP BY
--^   --> -c:1:8
--^ 1 | SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE) FROM s GROUP BY id;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT COUNT(*) FROM s GROUP BY TUMBLE(plain, INTERVAL '1' MINUTE);
--^ error 42000: a window needs a time attribute, but 'plain' is a plain TIMESTAMP(3)
--^   --> -c:1:40
--^ 1 | SELECT COUNT(*) FROM s GROUP BY TUMBLE(plain, INTERVAL '1' MINUTE);
--^   |                                        ^^^^^
--^ hint: declare WATERMARK FOR plain AS .. in CREATE TABLE; an updating query or a join in between loses the attribute
SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts);
--^ error 42000: the arguments of this window do not fit
--^   --> -c:1:33
--^ 1 | SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts);
--^   |                                 ^^^^^^^^^^
--^ hint: it is called as TUMBLE(ts, size)
SELECT COUNT(*) FROM s GROUP BY HOP(ts, INTERVAL '1' MINUTE);
--^ error 42000: the arguments of this window do not fit
--^   --> -c:1:33
--^ 1 | SELECT COUNT(*) FROM s GROUP BY HOP(ts, INTERVAL '1' MINUTE);
--^   |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: it is called as HOP(ts, slide, size)
SELECT COUNT(*) FROM s GROUP BY TUMBLE(id + 1, INTERVAL '1' MINUTE);
--^ error 42000: a window needs a time attribute here
--^   --> -c:1:40
--^ 1 | SELECT COUNT(*) FROM s GROUP BY TUMBLE(id + 1, INTERVAL '1' MINUTE);
--^   |                                        ^^^^^^
SELECT COUNT(*) FROM s GROUP BY SESSION(ts, INTERVAL '1' MINUTE);
--^ error 0A000: SESSION is not supported yet
--^   --> -c:1:33
--^ 1 | SELECT COUNT(*) FROM s GROUP BY SESSION(ts, INTERVAL '1' MINUTE);
--^   |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM s RIGHT JOIN nokey USING (id);
--^ error 0A000: RIGHT JOIN with USING is not supported yet
--^   --> -c:1:15
--^ 1 | SELECT * FROM s RIGHT JOIN nokey USING (id);
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM s FULL JOIN nokey USING (id);
--^ error 0A000: FULL JOIN with USING is not supported yet
--^   --> -c:1:15
--^ 1 | SELECT * FROM s FULL JOIN nokey USING (id);
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM s RIGHT JOIN rates FOR SYSTEM_TIME AS OF s.ts ON s.name = rates.cur;
--^ error 0A000: a temporal RIGHT or FULL JOIN is not supported yet
--^   --> -c:1:15
--^ 1 | SELECT * FROM s RIGHT JOIN rates FOR SYSTEM_TIME AS OF s.ts ON s.name = rates.cur;
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM s JOIN nokey ON s.id;
--^ error 42804: ON needs a BOOLEAN, but this is BIGINT
--^   --> -c:1:31
--^ 1 | SELECT * FROM s JOIN nokey ON s.id;
--^   |                               ^^^^
SELECT * FROM s JOIN nokey USING (nothing);
--^ error 42703: there is no column 'nothing' on the left side of the join
--^   --> -c:1:35
--^ 1 | SELECT * FROM s JOIN nokey USING (nothing);
--^   |                                   ^^^^^^^
SELECT * FROM s JOIN rates USING (name);
--^ error 42703: there is no column 'name' on the right side of the join
--^   --> -c:1:35
--^ 1 | SELECT * FROM s JOIN rates USING (name);
--^   |                                   ^^^^
SELECT * FROM s LEFT JOIN nokey ON s.id = nokey.id AND s.ts BETWEEN nokey.ts AND nokey.ts + INTERVAL '1' MINUTE;
--?
SELECT * FROM s JOIN nokey FOR SYSTEM_TIME AS OF s.ts ON s.id = nokey.id;
--^ error 42000: 'nokey' has no versions
--^   --> -c:1:22
--^ 1 | SELECT * FROM s JOIN nokey FOR SYSTEM_TIME AS OF s.ts ON s.id = nokey.id;
--^   |                      ^^^^^
--^ hint: a table has them by PRIMARY KEY and WATERMARK, a view as the last row by key: ROW_NUMBER() OVER (PARTITION BY key ORDER BY rowtime DESC) = 1
SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF s.plain ON s.name = rates.cur;
--^ error 42000: FOR SYSTEM_TIME AS OF needs a time attribute of the left side
--^   --> -c:1:50
--^ 1 | SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF s.plain ON s.name = rates.cur;
--^   |                                                  ^^^^^^^
--^ hint: a column is one if its table declares a WATERMARK for it
SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF s.ts ON s.id = rates.rate;
--^ error 42000: a temporal join must compare all columns of the table's PRIMARY KEY for equality
--^   --> -c:1:58
--^ 1 | SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF s.ts ON s.id = rates.rate;
--^   |                                                          ^^^^^^^^^^^^^^^^^
SELECT * FROM s JOIN zoned FOR SYSTEM_TIME AS OF s.ts ON s.name = zoned.cur;
--^ error 42804: the times of a temporal join must have one type, but these are TIMESTAMP(3) and TIMESTAMP_LTZ(3)
--^   --> -c:1:50
--^ 1 | SELECT * FROM s JOIN zoned FOR SYSTEM_TIME AS OF s.ts ON s.name = zoned.cur;
--^   |                                                  ^^^^
SELECT * FROM s FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01 00:00:00';
--^ error 42000: FOR SYSTEM_TIME AS OF can stand only on the right side of a JOIN
--^   --> -c:1:39
--^ 1 | SELECT * FROM s FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01 00:00:00';
--^   |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF PROCTIME() ON s.name = rates.cur;
--^ error 42000: FOR SYSTEM_TIME AS OF needs a time attribute of the left side
--^   --> -c:1:50
--^ 1 | SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF PROCTIME() ON s.name = rates.cur;
--^   |                                                  ^^^^^^^^^^
--^ hint: a column is one if its table declares a WATERMARK for it
SELECT ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s;
--^ error 0A000: ROW_NUMBER() without WHERE rn <= n around it is not supported yet
--^   --> -c:1:8
--^ 1 | SELECT ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: write SELECT .. FROM (SELECT .., ROW_NUMBER() OVER (PARTITION BY key ORDER BY x) AS rn FROM t) WHERE rn <= n
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ARRAY[name]) AS n FROM s) WHERE n = 1;
--^ error 42804: values of type ARRAY<STRING> have no order
--^   --> -c:1:72
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ARRAY[name]) AS n FROM s) WHERE n = 1;
--^   |                                                                        ^^^^^^^^^^^
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s) WHERE n <= id;
--^ error 0A000: a condition on ROW_NUMBER() other than by numbers is not supported yet
--^   --> -c:1:95
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s) WHERE n <= id;
--^   |                                                                                               ^^^^^^^
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s) WHERE n < 1;
--^ error 42000: no row number is in that range
--^   --> -c:1:95
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s) WHERE n < 1;
--^   |                                                                                               ^^^^^
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id) AS n FROM s) WHERE n = 1;
--^ error 42000: ROW_NUMBER() needs ORDER BY in its OVER clause
--^   --> -c:1:46
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id) AS n FROM s) WHERE n = 1;
--^   |                                              ^^^^^^^^^^^^^^^^^
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM s) WHERE n = 1;
--^ error 42000: ROW_NUMBER() takes no ROWS or RANGE
--^   --> -c:1:46
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM s) WHERE n = 1;
--^   |                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM (SELECT id, ROW_NUMBER() OVER w AS n FROM s WINDOW w AS (PARTITION BY id ORDER BY ts)) WHERE n = 1;
--^ error 0A000: WINDOW is not supported yet
--^   --> -c:1:67
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER w AS n FROM s WINDOW w AS (PARTITION BY id ORDER BY ts)) WHERE n = 1;
--^   |                                                                   ^
SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS m FROM s) WHERE n = 1;
--^ error 0A000: a second ROW_NUMBER() is not supported yet
--^   --> -c:1:82
--^ 1 | SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS m FROM s) WHERE n = 1;
--^   |                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) + 1 FROM s;
--^ error 0A000: ROW_NUMBER() is supported only as a column of a sub-query whose rows are then filtered by WHERE rn <= n
--^   --> -c:1:8
--^ 1 | SELECT ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) + 1 FROM s;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id, COUNT(*) FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s) GROUP BY id;
--^ error 0A000: ROW_NUMBER() without WHERE rn <= n around it is not supported yet
--^   --> -c:1:38
--^ 1 | SELECT id, COUNT(*) FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS n FROM s) GROUP BY id;
--^   |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: write SELECT .. FROM (SELECT .., ROW_NUMBER() OVER (PARTITION BY key ORDER BY x) AS rn FROM t) WHERE rn <= n
SELECT window_start, COUNT(*) FROM (SELECT id, MAX(ts) AS ts FROM s GROUP BY id) GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE);
--^ error 42000: a window needs a time attribute, but 'ts' is a plain TIMESTAMP(3)
--^   --> -c:1:98
--^ 1 | SELECT window_start, COUNT(*) FROM (SELECT id, MAX(ts) AS ts FROM s GROUP BY id) GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE);
--^   |                                                                                                  ^^
--^ hint: declare WATERMARK FOR ts AS .. in CREATE TABLE; an updating query or a join in between loses the attribute
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY name;
--^ error 42000: column 'window_start' is neither in GROUP BY nor inside an aggregate
--^   --> -c:1:8
--^ 1 | SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY name;
--^   |        ^^^^^^^^^^^^
--^ hint: add 'window_start' to GROUP BY, or use MAX(window_start)
SET 'execution.runtime-mode' = 'streaming';
SELECT id FROM s ORDER BY id;
--^ error 0A000: ORDER BY is not supported yet in streaming mode: rows come without end, so there is no last one to wait for
--^   --> -c:1:27
--^ 1 | SELECT id FROM s ORDER BY id;
--^   |                           ^^
--^ hint: SET 'execution.runtime-mode' = 'batch', as all inputs end
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE endless (id BIGINT) WITH ('connector' = 'datagen');
SELECT id FROM endless;
--^ error 42000: batch mode needs inputs that end, but table 'default_catalog.default_database.endless' does not
--^   --> -c:1:1
--^ 1 | SELECT id FROM endless;
--^   | ^^^^^^^^^^^^^^^^^^^^^^
--^ hint: SET 'execution.runtime-mode' = 'streaming'
