-- More that can go wrong: places where a word cannot stand, limits, times and keys.
-- modes: straight
CREATE TABLE s (id BIGINT, name STRING, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
CREATE TABLE rates (cur STRING, rate DOUBLE, ts TIMESTAMP(3), PRIMARY KEY (cur) NOT ENFORCED, WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
CREATE TABLE nulls (i INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/nulls.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE f (id BIGINT, name STRING) WITH ('connector' = 'filesystem', 'path' = '${OUT}/f', 'format' = 'csv');
CREATE VIEW v AS SELECT id FROM s;
SELECT * FROM v /*+ OPTIONS('k' = 'v') */;
--^ error 42000: hints can stand only behind tables
--^   --> -c:1:21
--^ 1 | SELECT * FROM v /*+ OPTIONS('k' = 'v') */;
--^   |                     ^^^^^^^^^^^^^^^^^^
SELECT COUNT(1, *) FROM s;
--^ error 42601: syntax error at "*": expected an expression
--^   --> -c:1:17
--^ 1 | SELECT COUNT(1, *) FROM s;
--^   |                 ^
SELECT UPPER(*) FROM s;
--^ error 42000: * cannot stand here
--^   --> -c:1:14
--^ 1 | SELECT UPPER(*) FROM s;
--^   |              ^
SELECT UPPER(DESCRIPTOR(ts)) FROM s;
--^ error 42000: DESCRIPTOR cannot stand here
--^   --> -c:1:14
--^ 1 | SELECT UPPER(DESCRIPTOR(ts)) FROM s;
--^   |              ^^^^^^^^^^^^^^
SELECT UPPER(TABLE s) FROM s;
--^ error 42000: a table cannot stand here
--^   --> -c:1:14
--^ 1 | SELECT UPPER(TABLE s) FROM s;
--^   |              ^^^^^^^
SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF s.pt ON s.name = rates.cur;
--^ error 0A000: a lookup join (AS OF processing time) is not supported yet
--^   --> -c:1:50
--^ 1 | SELECT * FROM s JOIN rates FOR SYSTEM_TIME AS OF s.pt ON s.name = rates.cur;
--^   |                                                  ^^^^
CREATE TABLE made WITH ('connector' = 'print') AS SELECT 1 AS x;
--^ error 0A000: CREATE TABLE AS is not supported yet
--^   --> -c:1:51
--^ 1 | CREATE TABLE made WITH ('connector' = 'print') AS SELECT 1 AS x;
--^   |                                                   ^^^^^^^^^^^^^
SET 'execution.runtime-mode' = 'streaming';
INSERT INTO f SELECT id, name FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) AS n FROM s) WHERE n = 1;
--^ error WR002: table 'default_catalog.default_database.f' (connector 'filesystem') cannot take updates, but DEDUPLICATE on (id) makes them: the last row of a key replaces the one before it
--^   --> -c:1:13
--^ 1 | INSERT INTO f SELECT id, name FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) AS n FROM s) WHERE n = 1;
--^   |             ^
--^ hint: aggregate by a window (TUMBLE, HOP, CUMULATE), or write to a table that takes updates ('connector' = 'print', or an upsert table with PRIMARY KEY), or take final rows only: SET 'execution.runtime-mode' = 'batch'
RESET 'execution.runtime-mode';
SELECT i FROM (SELECT i, ROW_NUMBER() OVER (PARTITION BY i ORDER BY ts) AS n FROM nulls) WHERE n = 1;
--^ error 22004: the rowtime of table default_catalog.default_database.nulls is NULL in row 0 of a batch of ${DIR}/data/nulls.csv
SELECT JSON_VALUE(name, '$[-]') FROM s;
--^ error 22023: the JSON path '$[-]' is not valid: [ must be followed by a number, a quoted name or *
--^   --> -c:1:25
--^ 1 | SELECT JSON_VALUE(name, '$[-]') FROM s;
--^   |                         ^^^^^^
SELECT DATE_FORMAT(ts, 'yyyyyyyyyyyyyyyyyyyyyyyyy') FROM s;
--^ error 22023: in the date pattern 'yyyyyyyyyyyyyyyyyyyyyyyyy', at 'y': too many of this letter
--^   --> -c:1:24
--^ 1 | SELECT DATE_FORMAT(ts, 'yyyyyyyyyyyyyyyyyyyyyyyyy') FROM s;
--^   |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT REGEXP('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+$');
--^ error 54000: the regular expression '(a+)+$' takes too long on a text of 59 bytes
--^ hint: nested repetitions such as (a+)+ are the usual cause
SELECT COUNT(DISTINCT id + 0), COUNT(DISTINCT id + 1), COUNT(DISTINCT id + 2), COUNT(DISTINCT id + 3), COUNT(DISTINCT id + 4), COUNT(DISTINCT id + 5), COUNT(DISTINCT id + 6), COUNT(DISTINCT id + 7), COUNT(DISTINCT id + 8), COUNT(DISTINCT id + 9), COUNT(DISTINCT id + 10), COUNT(DISTINCT id + 11), COUNT(DISTINCT id + 12), COUNT(DISTINCT id + 13), COUNT(DISTINCT id + 14), COUNT(DISTINCT id + 15), COUNT(DISTINCT id + 16), COUNT(DISTINCT id + 17), COUNT(DISTINCT id + 18), COUNT(DISTINCT id + 19), COUNT(DISTINCT id + 20), COUNT(DISTINCT id + 21), COUNT(DISTINCT id + 22), COUNT(DISTINCT id + 23), COUNT(DISTINCT id + 24), COUNT(DISTINCT id + 25), COUNT(DISTINCT id + 26), COUNT(DISTINCT id + 27), COUNT(DISTINCT id + 28), COUNT(DISTINCT id + 29), COUNT(DISTINCT id + 30), COUNT(DISTINCT id + 31), COUNT(DISTINCT id + 32), COUNT(DISTINCT id + 33), COUNT(DISTINCT id + 34), COUNT(DISTINCT id + 35), COUNT(DISTINCT id + 36), COUNT(DISTINCT id + 37), COUNT(DISTINCT id + 38), COUNT(DISTINCT id + 39), COUNT(DISTINCT id + 40), COUNT(DISTINCT id + 41), COUNT(DISTINCT id + 42), COUNT(DISTINCT id + 43), COUNT(DISTINCT id + 44), COUNT(DISTINCT id + 45), COUNT(DISTINCT id + 46), COUNT(DISTINCT id + 47), COUNT(DISTINCT id + 48), COUNT(DISTINCT id + 49), COUNT(DISTINCT id + 50), COUNT(DISTINCT id + 51), COUNT(DISTINCT id + 52), COUNT(DISTINCT id + 53), COUNT(DISTINCT id + 54), COUNT(DISTINCT id + 55), COUNT(DISTINCT id + 56), COUNT(DISTINCT id + 57), COUNT(DISTINCT id + 58), COUNT(DISTINCT id + 59), COUNT(DISTINCT id + 60), COUNT(DISTINCT id + 61), COUNT(DISTINCT id + 62), COUNT(DISTINCT id + 63), COUNT(DISTINCT id + 64), COUNT(DISTINCT id + 65), COUNT(DISTINCT id + 66), COUNT(DISTINCT id + 67), COUNT(DISTINCT id + 68), COUNT(DISTINCT id + 69) FROM s;
--!
CREATE TABLE onlypart (c STRING) PARTITIONED BY (c) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/parts/c=x', 'format' = 'csv');
SELECT c FROM onlypart;
--^ error 42000: table default_catalog.default_database.onlypart has no columns that are in the file
SELECT ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(ABS(1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))));
--! 54000: the expression is nested too deeply
CREATE VIEW base AS SELECT 1 AS x;
CREATE VIEW d0 AS SELECT x FROM base;
CREATE VIEW d1 AS SELECT x FROM d0;
CREATE VIEW d2 AS SELECT x FROM d1;
CREATE VIEW d3 AS SELECT x FROM d2;
CREATE VIEW d4 AS SELECT x FROM d3;
CREATE VIEW d5 AS SELECT x FROM d4;
CREATE VIEW d6 AS SELECT x FROM d5;
CREATE VIEW d7 AS SELECT x FROM d6;
CREATE VIEW d8 AS SELECT x FROM d7;
CREATE VIEW d9 AS SELECT x FROM d8;
CREATE VIEW d10 AS SELECT x FROM d9;
CREATE VIEW d11 AS SELECT x FROM d10;
CREATE VIEW d12 AS SELECT x FROM d11;
CREATE VIEW d13 AS SELECT x FROM d12;
CREATE VIEW d14 AS SELECT x FROM d13;
CREATE VIEW d15 AS SELECT x FROM d14;
CREATE VIEW d16 AS SELECT x FROM d15;
CREATE VIEW d17 AS SELECT x FROM d16;
CREATE VIEW d18 AS SELECT x FROM d17;
CREATE VIEW d19 AS SELECT x FROM d18;
CREATE VIEW d20 AS SELECT x FROM d19;
CREATE VIEW d21 AS SELECT x FROM d20;
CREATE VIEW d22 AS SELECT x FROM d21;
CREATE VIEW d23 AS SELECT x FROM d22;
CREATE VIEW d24 AS SELECT x FROM d23;
CREATE VIEW d25 AS SELECT x FROM d24;
CREATE VIEW d26 AS SELECT x FROM d25;
CREATE VIEW d27 AS SELECT x FROM d26;
CREATE VIEW d28 AS SELECT x FROM d27;
CREATE VIEW d29 AS SELECT x FROM d28;
CREATE VIEW d30 AS SELECT x FROM d29;
CREATE VIEW d31 AS SELECT x FROM d30;
CREATE VIEW d32 AS SELECT x FROM d31;
CREATE VIEW d33 AS SELECT x FROM d32;
CREATE VIEW d34 AS SELECT x FROM d33;
CREATE VIEW d35 AS SELECT x FROM d34;
CREATE VIEW d36 AS SELECT x FROM d35;
CREATE VIEW d37 AS SELECT x FROM d36;
CREATE VIEW d38 AS SELECT x FROM d37;
CREATE VIEW d39 AS SELECT x FROM d38;
CREATE VIEW d40 AS SELECT x FROM d39;
CREATE VIEW d41 AS SELECT x FROM d40;
CREATE VIEW d42 AS SELECT x FROM d41;
CREATE VIEW d43 AS SELECT x FROM d42;
CREATE VIEW d44 AS SELECT x FROM d43;
CREATE VIEW d45 AS SELECT x FROM d44;
CREATE VIEW d46 AS SELECT x FROM d45;
CREATE VIEW d47 AS SELECT x FROM d46;
CREATE VIEW d48 AS SELECT x FROM d47;
CREATE VIEW d49 AS SELECT x FROM d48;
CREATE VIEW d50 AS SELECT x FROM d49;
CREATE VIEW d51 AS SELECT x FROM d50;
CREATE VIEW d52 AS SELECT x FROM d51;
CREATE VIEW d53 AS SELECT x FROM d52;
CREATE VIEW d54 AS SELECT x FROM d53;
CREATE VIEW d55 AS SELECT x FROM d54;
CREATE VIEW d56 AS SELECT x FROM d55;
CREATE VIEW d57 AS SELECT x FROM d56;
CREATE VIEW d58 AS SELECT x FROM d57;
CREATE VIEW d59 AS SELECT x FROM d58;
CREATE VIEW d60 AS SELECT x FROM d59;
CREATE VIEW d61 AS SELECT x FROM d60;
CREATE VIEW d62 AS SELECT x FROM d61;
CREATE VIEW d63 AS SELECT x FROM d62;
CREATE VIEW d64 AS SELECT x FROM d63;
CREATE VIEW d65 AS SELECT x FROM d64;
CREATE VIEW d66 AS SELECT x FROM d65;
--^ error 54000: in view 'd0': views are nested too deeply
--^   --> -c:1:34
--^ 1 | CREATE VIEW d66 AS SELECT x FROM d65;
--^   |                                  ^^^
CREATE TABLE gone (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1');
CREATE VIEW ofgone AS SELECT x FROM gone;
DROP TABLE gone;
SELECT x FROM ofgone;
--^ error 42P01: in view 'ofgone': there is no table or view 'gone'
--^   --> -c:1:15
--^ 1 | SELECT x FROM ofgone;
--^   |               ^^^^^^
INSERT INTO f SELECT id, name FROM s ON CONFLICT DO NOTHING;
--^ error 0A000: ON CONFLICT is not supported yet
--^   --> -c:1:1
--^ 1 | INSERT INTO f SELECT id, name FROM s ON CONFLICT DO NOTHING;
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM s WHERE name IS TRUE;
--^ error 42804: IS TRUE, FALSE or UNKNOWN needs a BOOLEAN, but this is STRING
--^   --> -c:1:24
--^ 1 | SELECT id FROM s WHERE name IS TRUE;
--^   |                        ^^^^
CREATE TABLE big (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format');
--^ error 42601: syntax error at ")": expected "="
--^   --> -c:1:83
--^ 1 | CREATE TABLE big (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format');
--^   |                                                                                   ^
