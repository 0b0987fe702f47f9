-- INSERT, and what a sink takes.
-- modes: straight
CREATE TABLE s (id BIGINT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH ('connector' = 'datagen', 'number-of-rows' = '3');
CREATE TABLE f (id BIGINT NOT NULL, name STRING)
WITH ('connector' = 'filesystem', 'path' = '${OUT}/f', 'format' = 'csv');
CREATE TABLE k (id BIGINT, name STRING) WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'csv',
  'properties.bootstrap.servers' = 'localhost:9');
CREATE VIEW v AS SELECT id FROM s;
INSERT INTO nothing SELECT 1;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:13
--^ 1 | INSERT INTO nothing SELECT 1;
--^   |             ^^^^^^^
INSERT INTO v SELECT 1;
--^ error 42000: 'v' is a view and cannot be written to
--^   --> -c:1:13
--^ 1 | INSERT INTO v SELECT 1;
--^   |             ^
INSERT INTO s SELECT 1, 'a', TIMESTAMP '2024-01-01 00:00:00';
--^ error 42000: connector 'datagen' can only be read
--^   --> -c:1:13
--^ 1 | INSERT INTO s SELECT 1, 'a', TIMESTAMP '2024-01-01 00:00:00';
--^   |             ^
INSERT INTO f SELECT id FROM s;
--^ error 42000: the query has 1 column, but f takes 2
--^   --> -c:1:15
--^ 1 | INSERT INTO f SELECT id FROM s;
--^   |               ^^^^^^^^^^^^^^^^
--^ hint: its columns are id, name
INSERT INTO f SELECT id, name, ts FROM s;
--^ error 42000: the query has 3 columns, but f takes 2
--^   --> -c:1:15
--^ 1 | INSERT INTO f SELECT id, name, ts FROM s;
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: its columns are id, name
INSERT INTO f SELECT name, id FROM s;
--^ error 42804: column 'id' is BIGINT, but the query gives STRING
--^   --> -c:1:15
--^ 1 | INSERT INTO f SELECT name, id FROM s;
--^   |               ^^^^^^^^^^^^^^^^^^^^^^
--^ hint: use CAST(.. AS BIGINT)
INSERT INTO f (id, nam) SELECT id, name FROM s;
--^ error 42703: the table has no column 'nam' to write
--^   --> -c:1:20
--^ 1 | INSERT INTO f (id, nam) SELECT id, name FROM s;
--^   |                    ^^^
--^ hint: did you mean 'name'?
INSERT INTO f (id, id) SELECT id, name FROM s;
--^ error 42000: column 'id' is there twice
--^   --> -c:1:20
--^ 1 | INSERT INTO f (id, id) SELECT id, name FROM s;
--^   |                    ^^
INSERT INTO f (name) SELECT name FROM s;
--^ error 42000: column 'id' is NOT NULL and must be given
--^   --> -c:1:16
--^ 1 | INSERT INTO f (name) SELECT name FROM s;
--^   |                ^^^^
INSERT INTO f SELECT CAST(NULL AS BIGINT), name FROM s;
--^ error 22004: column 'id' of table default_catalog.default_database.f is NOT NULL, but a row has NULL there
--^ hint: SET 'table.exec.sink.not-null-enforcer' = 'DROP' leaves such rows out
INSERT OVERWRITE f SELECT id, name FROM s;
--^ error 0A000: INSERT OVERWRITE is not supported yet
--^   --> -c:1:1
--^ 1 | INSERT OVERWRITE f SELECT id, name FROM s;
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
INSERT INTO f PARTITION (nam = 'x') SELECT id FROM s;
--^ error 42703: the table has no column 'nam' to write
--^   --> -c:1:26
--^ 1 | INSERT INTO f PARTITION (nam = 'x') SELECT id FROM s;
--^   |                          ^^^
--^ hint: did you mean 'name'?
SET 'execution.runtime-mode' = 'streaming';
INSERT INTO f SELECT id, MAX(name) FROM s GROUP BY id;
--^ error WR002: table 'default_catalog.default_database.f' (connector 'filesystem') cannot take updates, but GROUP AGGREGATE on (id) makes them: a result changes with every row that arrives
--^   --> -c:1:13
--^ 1 | INSERT INTO f SELECT id, MAX(name) FROM s GROUP BY id;
--^   |             ^
--^ hint: aggregate by a window (TUMBLE, HOP, CUMULATE), or write to a table that takes updates ('connector' = 'print', or an upsert table with PRIMARY KEY), or take final rows only: SET 'execution.runtime-mode' = 'batch'
EXECUTE STATEMENT SET BEGIN INSERT INTO f SELECT nothing FROM s; END;
--^ error 42703: there is no column 'nothing'
--^   --> -c:1:50
--^ 1 | EXECUTE STATEMENT SET BEGIN INSERT INTO f SELECT nothing FROM s; END;
--^   |                                                  ^^^^^^^
--^ hint: columns here are id, name, ts
EXECUTE STATEMENT SET BEGIN SELECT 1; END;
--^ error 42601: syntax error at "SELECT": expected INSERT
--^   --> -c:1:29
--^ 1 | EXECUTE STATEMENT SET BEGIN SELECT 1; END;
--^   |                             ^^^^^^
SELECT id FROM blackholes;
--^ error 42P01: there is no table or view 'blackholes'
--^   --> -c:1:16
--^ 1 | SELECT id FROM blackholes;
--^   |                ^^^^^^^^^^
CREATE TABLE b (id BIGINT) WITH ('connector' = 'blackhole');
SELECT id FROM b;
--^ error 42000: connector 'blackhole' can only be written to
--^   --> -c:1:16
--^ 1 | SELECT id FROM b;
--^   |                ^
CREATE TABLE onlyread (id BIGINT) WITH ('connector' = 'playback');
--^ error 42703: connector 'playback' has no column 'id'
--^   --> -c:1:24
--^ 1 | CREATE TABLE onlyread (id BIGINT) WITH ('connector' = 'playback');
--^   |                        ^^
SELECT UUID(), COUNT(*) FROM s GROUP BY id HAVING RAND() > 0.5;
--^ error WR002: RAND cannot stand above GROUP AGGREGATE, which makes updates: what takes a row back must be equal to it
--^   --> -c:1:51
--^ 1 | SELECT UUID(), COUNT(*) FROM s GROUP BY id HAVING RAND() > 0.5;
--^   |                                                   ^^^^^^
--^ hint: compute it below, for example in the query that is aggregated
INSERT INTO b SELECT n FROM (SELECT id, COUNT(*) AS n FROM s GROUP BY id) WHERE RAND() > 0.5;
--^ error WR002: RAND cannot stand above GROUP AGGREGATE, which makes updates: what takes a row back must be equal to it
--^   --> -c:1:81
--^ 1 | INSERT INTO b SELECT n FROM (SELECT id, COUNT(*) AS n FROM s GROUP BY id) WHERE RAND() > 0.5;
--^   |                                                                                 ^^^^^^
--^ hint: compute it below, for example in the query that is aggregated
