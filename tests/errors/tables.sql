-- CREATE TABLE, VIEW, DATABASE, CATALOG and their like.
-- modes: straight
CREATE TABLE t (id BIGINT, name STRING, ts TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR ts AS ts) PARTITIONED BY (name) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
CREATE VIEW v AS SELECT id FROM t;
CREATE TABLE t (x INT) WITH ('connector' = 'print');
--^ error 42710: there is a table 't' already
--^   --> -c:1:14
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'print');
--^   |              ^
CREATE VIEW t AS SELECT 1 AS x;
--^ error 42710: there is a table 't' already
--^   --> -c:1:13
--^ 1 | CREATE VIEW t AS SELECT 1 AS x;
--^   |             ^
CREATE TABLE u (x INT, x STRING) WITH ('connector' = 'print');
--^ error 42710: column 'x' is there twice
--^   --> -c:1:24
--^ 1 | CREATE TABLE u (x INT, x STRING) WITH ('connector' = 'print');
--^   |                        ^
CREATE TABLE u (x INT);
--^ error WR001: the table has no option 'connector'
--^   --> -c:1:14
--^ 1 | CREATE TABLE u (x INT);
--^   |              ^
--^ hint: add 'connector' = '..'; SHOW CONNECTORS lists them
CREATE TABLE u (x INT) WITH ('format' = 'csv');
--^ error WR001: the table has no option 'connector'
--^   --> -c:1:29
--^ 1 | CREATE TABLE u (x INT) WITH ('format' = 'csv');
--^   |                             ^^^^^^^^^^^^^^^^^^
--^ hint: add 'connector' = '..'; SHOW CONNECTORS lists them
CREATE TABLE u (x INT) WITH ('connector' = 'filesytem');
--^ error WR001: there is no connector 'filesytem'
--^   --> -c:1:44
--^ 1 | CREATE TABLE u (x INT) WITH ('connector' = 'filesytem');
--^   |                                            ^^^^^^^^^^^
--^ hint: did you mean 'filesystem'?
CREATE TABLE u (x INT) WITH ('connector' = 'jdbc');
--^ error 0A000: connector 'jdbc' is not supported yet
--^   --> -c:1:44
--^ 1 | CREATE TABLE u (x INT) WITH ('connector' = 'jdbc');
--^   |                                            ^^^^^^
CREATE TABLE u (x INT) WITH ('connector' = '');
--^ error WR001: there is no connector ''
--^   --> -c:1:44
--^ 1 | CREATE TABLE u (x INT) WITH ('connector' = '');
--^   |                                            ^^
--^ hint: there are blackhole, datagen, filesystem, kafka, nexmark, playback, print, stream
CREATE TABLE u (x AS 1) WITH ('connector' = 'print');
--^ error 42000: the table has no physical column
--^   --> -c:1:14
--^ 1 | CREATE TABLE u (x AS 1) WITH ('connector' = 'print');
--^   |              ^
CREATE TABLE u (x INT, y AS z + 1) WITH ('connector' = 'print');
--^ error 42703: there is no column 'z'
--^   --> -c:1:29
--^ 1 | CREATE TABLE u (x INT, y AS z + 1) WITH ('connector' = 'print');
--^   |                             ^
--^ hint: columns here are x
CREATE TABLE u (x INT, y AS COUNT(x)) WITH ('connector' = 'print');
--^ error 42000: aggregate COUNT cannot stand in a computed column
--^   --> -c:1:29
--^ 1 | CREATE TABLE u (x INT, y AS COUNT(x)) WITH ('connector' = 'print');
--^   |                             ^^^^^^^^
CREATE TABLE u (x INT, WATERMARK FOR x AS x) WITH ('connector' = 'print');
--^ error 42804: a rowtime must be TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p at most 3, but 'x' is INT
--^   --> -c:1:38
--^ 1 | CREATE TABLE u (x INT, WATERMARK FOR x AS x) WITH ('connector' = 'print');
--^   |                                      ^
--^ hint: declare it as TIMESTAMP(3), or add a computed column such as rt AS CAST(x AS TIMESTAMP(3))
CREATE TABLE u (x TIMESTAMP(6), WATERMARK FOR x AS x) WITH ('connector' = 'print');
--^ error 42804: a rowtime must be TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p at most 3, but 'x' is TIMESTAMP(6)
--^   --> -c:1:47
--^ 1 | CREATE TABLE u (x TIMESTAMP(6), WATERMARK FOR x AS x) WITH ('connector' = 'print');
--^   |                                               ^
--^ hint: declare it as TIMESTAMP(3), or add a computed column such as rt AS CAST(x AS TIMESTAMP(3))
CREATE TABLE u (x TIMESTAMP(3), WATERMARK FOR y AS y) WITH ('connector' = 'print');
--^ error 42703: the table has no column 'y'
--^   --> -c:1:47
--^ 1 | CREATE TABLE u (x TIMESTAMP(3), WATERMARK FOR y AS y) WITH ('connector' = 'print');
--^   |                                               ^
--^ hint: columns here are x
CREATE TABLE u (x TIMESTAMP(3), WATERMARK FOR x AS 1) WITH ('connector' = 'print');
--^ error 42804: the watermark must be TIMESTAMP(3) like 'x', not INT
--^   --> -c:1:52
--^ 1 | CREATE TABLE u (x TIMESTAMP(3), WATERMARK FOR x AS 1) WITH ('connector' = 'print');
--^   |                                                    ^
CREATE TABLE u (x ROW<y TIMESTAMP(3)>, WATERMARK FOR x.y AS x.y) WITH ('connector' = 'print');
--^ error 0A000: WATERMARK on a nested field is not supported yet
--^   --> -c:1:54
--^ 1 | CREATE TABLE u (x ROW<y TIMESTAMP(3)>, WATERMARK FOR x.y AS x.y) WITH ('connector' = 'print');
--^   |                                                      ^^^
CREATE TABLE u (x TIMESTAMP(3), WATERMARK FOR x AS x, WATERMARK FOR x AS x) WITH ('connector' = 'print');
--^ error 42601: the table has two watermarks
--^   --> -c:1:55
--^ 1 | CREATE TABLE u (x TIMESTAMP(3), WATERMARK FOR x AS x, WATERMARK FOR x AS x) WITH ('connector' = 'print');
--^   |                                                       ^^^^^^^^^^^^^^^^^^^^
CREATE TABLE u (x INT, PRIMARY KEY (x)) WITH ('connector' = 'print');
--^ error 42000: a PRIMARY KEY cannot be enforced on streams
--^   --> -c:1:24
--^ 1 | CREATE TABLE u (x INT, PRIMARY KEY (x)) WITH ('connector' = 'print');
--^   |                        ^^^^^^^^^^^^^^^
--^ hint: write PRIMARY KEY (..) NOT ENFORCED
CREATE TABLE u (x INT, PRIMARY KEY (y) NOT ENFORCED) WITH ('connector' = 'print');
--^ error 42703: the table has no column 'y'
--^   --> -c:1:37
--^ 1 | CREATE TABLE u (x INT, PRIMARY KEY (y) NOT ENFORCED) WITH ('connector' = 'print');
--^   |                                     ^
--^ hint: columns here are x
CREATE TABLE u (x INT, y AS x, PRIMARY KEY (y) NOT ENFORCED) WITH ('connector' = 'print');
--^ error 42000: PRIMARY KEY takes physical columns only
--^   --> -c:1:45
--^ 1 | CREATE TABLE u (x INT, y AS x, PRIMARY KEY (y) NOT ENFORCED) WITH ('connector' = 'print');
--^   |                                             ^
CREATE TABLE u (x INT, PRIMARY KEY (x) NOT ENFORCED, PRIMARY KEY (x) NOT ENFORCED) WITH ('connector' = 'print');
--^ error 42601: the table has two primary keys
--^   --> -c:1:54
--^ 1 | CREATE TABLE u (x INT, PRIMARY KEY (x) NOT ENFORCED, PRIMARY KEY (x) NOT ENFORCED) WITH ('connector' = 'print');
--^   |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE u (x INT) PARTITIONED BY (x) WITH ('connector' = 'datagen');
--^ error 42000: tables of connector 'datagen' cannot be partitioned
--^   --> -c:1:40
--^ 1 | CREATE TABLE u (x INT) PARTITIONED BY (x) WITH ('connector' = 'datagen');
--^   |                                        ^
CREATE TABLE u (x INT) PARTITIONED BY (y) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^ error 42703: the table has no column 'y'
--^   --> -c:1:40
--^ 1 | CREATE TABLE u (x INT) PARTITIONED BY (y) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^   |                                        ^
--^ hint: columns here are x
CREATE TABLE u (x INT METADATA FROM 'offset') WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^ error 42703: connector 'filesystem' has no metadata 'offset'
--^   --> -c:1:37
--^ 1 | CREATE TABLE u (x INT METADATA FROM 'offset') WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^   |                                     ^^^^^^^^
--^ hint: it has file.path, file.name, file.size, file.modification-time
CREATE TABLE u (x INT, o BIGINT METADATA FROM 'ofset') WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'csv',
  'properties.bootstrap.servers' = 'localhost:9');
--^ error 42703: connector 'kafka' has no metadata 'ofset'
--^   --> -c:1:47
--^ 1 | CREATE TABLE u (x INT, o BIGINT METADATA FROM 'ofset') WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'csv',
--^   |                                               ^^^^^^^
--^ hint: it has topic, partition, headers, leader-epoch, offset, timestamp, timestamp-type
CREATE TABLE u (x FOO) WITH ('connector' = 'print');
--^ error 0A000: type FOO is not supported yet
--^   --> -c:1:19
--^ 1 | CREATE TABLE u (x FOO) WITH ('connector' = 'print');
--^   |                   ^^^
CREATE TABLE u (a INT) WITH ('connector' = 'nexmark');
--^ error 42703: connector 'nexmark' has no column 'a'
--^   --> -c:1:17
--^ 1 | CREATE TABLE u (a INT) WITH ('connector' = 'nexmark');
--^   |                 ^
CREATE TABLE u (auction INT) WITH ('connector' = 'nexmark');
--^ error 42804: column 'auction' of connector 'nexmark' is ROW<`id` BIGINT, `itemName` STRING, `description` STRING, `initialBid` BIGINT, `reserve` BIGINT, `dateTime` TIMESTAMP(3), `expires` TIMESTAMP(3), `seller` BIGINT, `category` BIGINT, `extra` STRING>, not INT
--^   --> -c:1:17
--^ 1 | CREATE TABLE u (auction INT) WITH ('connector' = 'nexmark');
--^   |                 ^^^^^^^
CREATE TABLE u AS SELECT 1 AS x;
--^ error WR001: the table has no option 'connector'
--^   --> -c:1:14
--^ 1 | CREATE TABLE u AS SELECT 1 AS x;
--^   |              ^
--^ hint: add 'connector' = '..'; SHOW CONNECTORS lists them
CREATE OR REPLACE TABLE u (x INT) WITH ('connector' = 'print');
--^ error 0A000: REPLACE TABLE is not supported yet
--^   --> -c:1:1
--^ 1 | CREATE OR REPLACE TABLE u (x INT) WITH ('connector' = 'print');
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE a.b.c.d (x INT) WITH ('connector' = 'print');
--^ error 42000: a name has at most three parts
--^   --> -c:1:14
--^ 1 | CREATE TABLE a.b.c.d (x INT) WITH ('connector' = 'print');
--^   |              ^^^^^^^
CREATE TABLE nocatalog.b.c (x INT) WITH ('connector' = 'print');
--^ error 42P01: there is no catalog 'nocatalog'
--^   --> -c:1:14
--^ 1 | CREATE TABLE nocatalog.b.c (x INT) WITH ('connector' = 'print');
--^   |              ^^^^^^^^^^^^^
CREATE TABLE nodatabase.c (x INT) WITH ('connector' = 'print');
--^ error 42P01: there is no database 'nodatabase' in catalog 'default_catalog'
--^   --> -c:1:14
--^ 1 | CREATE TABLE nodatabase.c (x INT) WITH ('connector' = 'print');
--^   |              ^^^^^^^^^^^^
CREATE TABLE u (id INT) LIKE t;
--^ error 42710: the table of LIKE has a column 'id' already
--^   --> -c:1:17
--^ 1 | CREATE TABLE u (id INT) LIKE t;
--^   |                 ^^
CREATE TABLE u LIKE v;
--^ error 42000: LIKE takes tables, but 'v' is a view
--^   --> -c:1:21
--^ 1 | CREATE TABLE u LIKE v;
--^   |                     ^
CREATE TABLE u LIKE nothing;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:21
--^ 1 | CREATE TABLE u LIKE nothing;
--^   |                     ^^^^^^^
CREATE TABLE u WITH ('path' = '/y') LIKE t (EXCLUDING OPTIONS);
--^ error WR001: the table has no option 'connector'
--^   --> -c:1:21
--^ 1 | CREATE TABLE u WITH ('path' = '/y') LIKE t (EXCLUDING OPTIONS);
--^   |                     ^^^^^^^^^^^^^^^
--^ hint: add 'connector' = '..'; SHOW CONNECTORS lists them
CREATE TABLE u WITH ('path' = '/y') LIKE t (INCLUDING OPTIONS);
--^ error 42710: the table of LIKE has option 'path' already
--^   --> -c:1:22
--^ 1 | CREATE TABLE u WITH ('path' = '/y') LIKE t (INCLUDING OPTIONS);
--^   |                      ^^^^^^
CREATE TABLE u (WATERMARK FOR ts AS ts) LIKE t;
--^ error 42710: the table of LIKE has a watermark already
--^   --> -c:1:17
--^ 1 | CREATE TABLE u (WATERMARK FOR ts AS ts) LIKE t;
--^   |                 ^^^^^^^^^^^^^^^^^^^^^^
--^ hint: LIKE t (OVERWRITING WATERMARKS) replaces it
CREATE TABLE u (PRIMARY KEY (name) NOT ENFORCED) LIKE t;
--^ error 42710: the table of LIKE has a PRIMARY KEY already
--^   --> -c:1:17
--^ 1 | CREATE TABLE u (PRIMARY KEY (name) NOT ENFORCED) LIKE t;
--^   |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE u (x INT) PARTITIONED BY (x) LIKE t;
--^ error 42710: the table of LIKE is partitioned already
--^   --> -c:1:40
--^ 1 | CREATE TABLE u (x INT) PARTITIONED BY (x) LIKE t;
--^   |                                        ^
CREATE VIEW w (a, b) AS SELECT 1 AS x;
--^ error 42000: 2 column names are given for 1 column
--^   --> -c:1:16
--^ 1 | CREATE VIEW w (a, b) AS SELECT 1 AS x;
--^   |                ^
CREATE VIEW w (a, a) AS SELECT 1 AS x, 2 AS y;
--^ error 42710: the view has two columns 'a'
--^   --> -c:1:25
--^ 1 | CREATE VIEW w (a, a) AS SELECT 1 AS x, 2 AS y;
--^   |                         ^^^^^^^^^^^^^^^^^^^^^
CREATE VIEW w AS SELECT y FROM t;
--^ error 42703: there is no column 'y'
--^   --> -c:1:25
--^ 1 | CREATE VIEW w AS SELECT y FROM t;
--^   |                         ^
--^ hint: columns here are id, name, ts
CREATE CATALOG c WITH ('type' = 'hive');
--^ error 0A000: only catalogs of 'type' = 'generic_in_memory' are supported yet
--^   --> -c:1:33
--^ 1 | CREATE CATALOG c WITH ('type' = 'hive');
--^   |                                 ^^^^^^
CREATE CATALOG default_catalog WITH ('type' = 'generic_in_memory');
--^ error 42710: there is a catalog 'default_catalog' already
--^   --> -c:1:16
--^ 1 | CREATE CATALOG default_catalog WITH ('type' = 'generic_in_memory');
--^   |                ^^^^^^^^^^^^^^^
CREATE DATABASE default_database;
--^ error 42710: there is a database 'default_database' already
--^   --> -c:1:17
--^ 1 | CREATE DATABASE default_database;
--^   |                 ^^^^^^^^^^^^^^^^
CREATE DATABASE a.b.c;
--^ error 42000: a database's name has at most two parts
--^   --> -c:1:17
--^ 1 | CREATE DATABASE a.b.c;
--^   |                 ^^^^^
CREATE DATABASE nocatalog.b;
--^ error 42P01: there is no catalog 'nocatalog'
--^   --> -c:1:17
--^ 1 | CREATE DATABASE nocatalog.b;
--^   |                 ^^^^^^^^^^^
CREATE FUNCTION f AS 'com.example.F';
--^ error 0A000: CREATE FUNCTION is not supported yet
--^   --> -c:1:1
--^ 1 | CREATE FUNCTION f AS 'com.example.F';
--^   | ^^^^^^^^^^^^^^^
CREATE TEMPORARY SYSTEM FUNCTION f AS 'com.example.F';
--^ error 0A000: CREATE FUNCTION is not supported yet
--^   --> -c:1:1
--^ 1 | CREATE TEMPORARY SYSTEM FUNCTION f AS 'com.example.F';
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DROP TABLE nothing;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:12
--^ 1 | DROP TABLE nothing;
--^   |            ^^^^^^^
DROP TABLE v;
--^ error 42000: 'v' is a view
--^   --> -c:1:12
--^ 1 | DROP TABLE v;
--^   |            ^
--^ hint: use DROP VIEW
DROP VIEW t;
--^ error 42000: 't' is a table
--^   --> -c:1:11
--^ 1 | DROP VIEW t;
--^   |           ^
--^ hint: use DROP TABLE
DROP DATABASE nothing;
--^ error 42P01: there is no database 'nothing'
--^   --> -c:1:15
--^ 1 | DROP DATABASE nothing;
--^   |               ^^^^^^^
DROP DATABASE default_database;
--^ error 42000: the current database cannot be dropped
--^   --> -c:1:15
--^ 1 | DROP DATABASE default_database;
--^   |               ^^^^^^^^^^^^^^^^
DROP CATALOG default_catalog;
--^ error 42000: the current catalog cannot be dropped
--^   --> -c:1:14
--^ 1 | DROP CATALOG default_catalog;
--^   |              ^^^^^^^^^^^^^^^
DROP CATALOG nothing;
--^ error 42P01: there is no catalog 'nothing'
--^   --> -c:1:14
--^ 1 | DROP CATALOG nothing;
--^   |              ^^^^^^^
DROP FUNCTION f;
--^ error 0A000: DROP FUNCTION is not supported yet
--^   --> -c:1:1
--^ 1 | DROP FUNCTION f;
--^   | ^^^^^^^^^^^^^^^
CREATE DATABASE full_one;
CREATE TABLE full_one.x (x INT) WITH ('connector' = 'print');
DROP DATABASE full_one RESTRICT;
--^ error 42000: database 'full_one' is not empty
--^   --> -c:1:15
--^ 1 | DROP DATABASE full_one RESTRICT;
--^   |               ^^^^^^^^
--^ hint: add CASCADE
USE nothing;
--^ error 42P01: there is no database 'nothing'
--^   --> -c:1:5
--^ 1 | USE nothing;
--^   |     ^^^^^^^
USE CATALOG nothing;
--^ error 42P01: there is no catalog 'nothing'
--^   --> -c:1:13
--^ 1 | USE CATALOG nothing;
--^   |             ^^^^^^^
USE MODULES core;
--^ error 0A000: USE MODULES is not supported yet
--^   --> -c:1:1
--^ 1 | USE MODULES core;
--^   | ^^^^^^^^^^^^^^^^
ALTER TABLE nothing RENAME TO x;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:13
--^ 1 | ALTER TABLE nothing RENAME TO x;
--^   |             ^^^^^^^
ALTER TABLE t RENAME TO v;
--^ error 42710: there is a view 'v' already
--^   --> -c:1:25
--^ 1 | ALTER TABLE t RENAME TO v;
--^   |                         ^
ALTER TABLE t ADD (z INT);
--^ error 0A000: ALTER TABLE .. ADD is not supported yet
--^   --> -c:1:15
--^ 1 | ALTER TABLE t ADD (z INT);
--^   |               ^^^
ALTER TABLE t MODIFY (name INT);
--^ error 0A000: ALTER TABLE .. MODIFY is not supported yet
--^   --> -c:1:15
--^ 1 | ALTER TABLE t MODIFY (name INT);
--^   |               ^^^^^^
ALTER TABLE t DROP name;
--^ error 0A000: ALTER TABLE .. DROP is not supported yet
--^   --> -c:1:15
--^ 1 | ALTER TABLE t DROP name;
--^   |               ^^^^
ALTER TABLE t RENAME name TO names;
--^ error 0A000: renaming a column is not supported yet
--^   --> -c:1:15
--^ 1 | ALTER TABLE t RENAME name TO names;
--^   |               ^^^^^^
ALTER TABLE t SET ('paths' = 'x');
--^ error WR001: connector 'filesystem' has no option 'paths'
--^   --> -c:1:20
--^ 1 | ALTER TABLE t SET ('paths' = 'x');
--^   |                    ^^^^^^^
--^ hint: did you mean 'path'?
ALTER TABLE t RESET ('connector');
--^ error WR001: the table has no option 'connector'
--^   --> -c:1:21
--^ 1 | ALTER TABLE t RESET ('connector');
--^   |                     ^^^^^^^^^^^^^
--^ hint: add 'connector' = '..'; SHOW CONNECTORS lists them
ALTER TABLE t SET ('connector' = 'print');
--^ error WR001: connector 'print' has no option 'path'
--^   --> -c:1:19
--^ 1 | ALTER TABLE t SET ('connector' = 'print');
--^   |                   ^^^^^^^^^^^^^^^^^^^^^^^
ALTER VIEW v AS SELECT 2 AS x;
--^ error 0A000: ALTER VIEW .. AS is not supported yet
--^   --> -c:1:1
--^ 1 | ALTER VIEW v AS SELECT 2 AS x;
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ALTER VIEW t RENAME TO u;
--^ error 42000: 't' is a table
--^   --> -c:1:12
--^ 1 | ALTER VIEW t RENAME TO u;
--^   |            ^
ALTER DATABASE default_database SET ('a' = 'b');
--^ error 0A000: ALTER DATABASE is not supported yet
--^   --> -c:1:1
--^ 1 | ALTER DATABASE default_database SET ('a' = 'b');
--^   | ^^^^^^^^^^^^^^
SHOW CREATE TABLE v;
--^ error 42000: 'v' is a view
--^   --> -c:1:19
--^ 1 | SHOW CREATE TABLE v;
--^   |                   ^
--^ hint: use SHOW CREATE VIEW
SHOW CREATE VIEW t;
--^ error 42000: 't' is a table
--^   --> -c:1:18
--^ 1 | SHOW CREATE VIEW t;
--^   |                  ^
--^ hint: use SHOW CREATE TABLE
SHOW CREATE TABLE nothing;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:19
--^ 1 | SHOW CREATE TABLE nothing;
--^   |                   ^^^^^^^
SHOW CREATE CATALOG default_catalog;
--^ error 0A000: SHOW CREATE CATALOG is not supported yet
--^   --> -c:1:1
--^ 1 | SHOW CREATE CATALOG default_catalog;
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SHOW TABLES FROM nothing;
--^ error 42P01: there is no database 'nothing'
--^   --> -c:1:18
--^ 1 | SHOW TABLES FROM nothing;
--^   |                  ^^^^^^^
SHOW DATABASES FROM nothing;
--^ error 42P01: there is no catalog 'nothing'
--^   --> -c:1:21
--^ 1 | SHOW DATABASES FROM nothing;
--^   |                     ^^^^^^^
SHOW COLUMNS FROM nothing;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:19
--^ 1 | SHOW COLUMNS FROM nothing;
--^   |                   ^^^^^^^
SHOW MODELS;
--^ error 0A000: SHOW MODELS is not supported yet
--^   --> -c:1:1
--^ 1 | SHOW MODELS;
--^   | ^^^^^^^^^^^
SHOW MODULES;
--^ error 0A000: SHOW MODULES is not supported yet
--^   --> -c:1:1
--^ 1 | SHOW MODULES;
--^   | ^^^^^^^^^^^^
SHOW PARTITIONS t;
--^ error 0A000: SHOW PARTITIONS is not supported yet
--^   --> -c:1:1
--^ 1 | SHOW PARTITIONS t;
--^   | ^^^^^^^^^^^^^^^^^
SHOW PROCEDURES;
--^ error 0A000: SHOW PROCEDURES is not supported yet
--^   --> -c:1:1
--^ 1 | SHOW PROCEDURES;
--^   | ^^^^^^^^^^^^^^^
DESCRIBE nothing;
--^ error 42P01: there is no table or view 'nothing'
--^   --> -c:1:10
--^ 1 | DESCRIBE nothing;
--^   |          ^^^^^^^
DESCRIBE CATALOG default_catalog;
--^ error 0A000: DESCRIBE CATALOG is not supported yet
--^   --> -c:1:1
--^ 1 | DESCRIBE CATALOG default_catalog;
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE FUNCTION f;
--^ error 0A000: DESCRIBE FUNCTION is not supported yet
--^   --> -c:1:1
--^ 1 | DESCRIBE FUNCTION f;
--^   | ^^^^^^^^^^^^^^^^^^^
EXPLAIN nothing;
--^ error 42601: syntax error at "nothing": expected SELECT, WITH, TABLE, "(" or ANALYZE
--^   --> -c:1:9
--^ 1 | EXPLAIN nothing;
--^   |         ^^^^^^^
EXPLAIN SELECT nothing FROM t;
--^ error 42703: there is no column 'nothing'
--^   --> -c:1:16
--^ 1 | EXPLAIN SELECT nothing FROM t;
--^   |                ^^^^^^^
--^ hint: columns here are id, name, ts
ANALYZE TABLE t COMPUTE STATISTICS;
--^ error 0A000: ANALYZE TABLE is not supported yet
--^   --> -c:1:1
--^ 1 | ANALYZE TABLE t COMPUTE STATISTICS;
--^   | ^^^^^^^
LOAD MODULE hive;
--^ error 0A000: LOAD MODULE is not supported yet
--^   --> -c:1:1
--^ 1 | LOAD MODULE hive;
--^   | ^^^^
UNLOAD MODULE hive;
--^ error 0A000: UNLOAD MODULE is not supported yet
--^   --> -c:1:1
--^ 1 | UNLOAD MODULE hive;
--^   | ^^^^^^
ADD JAR '/x.jar';
--^ error 0A000: ADD JAR is not supported yet
--^   --> -c:1:1
--^ 1 | ADD JAR '/x.jar';
--^   | ^^^
REMOVE JAR '/x.jar';
--^ error 0A000: REMOVE JAR is not supported yet
--^   --> -c:1:1
--^ 1 | REMOVE JAR '/x.jar';
--^   | ^^^^^^
CALL sys.compact('t');
--^ error 0A000: CALL is not supported yet
--^   --> -c:1:1
--^ 1 | CALL sys.compact('t');
--^   | ^^^^
DELETE FROM t WHERE id = 1;
--^ error 0A000: DELETE is not supported yet
--^   --> -c:1:1
--^ 1 | DELETE FROM t WHERE id = 1;
--^   | ^^^^^^
UPDATE t SET name = 'x';
--^ error 0A000: UPDATE is not supported yet
--^   --> -c:1:1
--^ 1 | UPDATE t SET name = 'x';
--^   | ^^^^^^
TRUNCATE TABLE t;
--^ error 0A000: TRUNCATE TABLE is not supported yet
--^   --> -c:1:1
--^ 1 | TRUNCATE TABLE t;
--^   | ^^^^^^^^
COMPILE PLAN 'x' FOR INSERT INTO t SELECT 1;
--^ error 0A000: COMPILE PLAN is not supported yet
--^   --> -c:1:1
--^ 1 | COMPILE PLAN 'x' FOR INSERT INTO t SELECT 1;
--^   | ^^^^^^^^^^^^
EXECUTE PLAN 'x';
--^ error 0A000: EXECUTE PLAN is not supported yet
--^   --> -c:1:1
--^ 1 | EXECUTE PLAN 'x';
--^   | ^^^^^^^^^^^^
STOP JOB 'x';
--^ error 42P01: there is no job 'x'
--^   --> -c:1:10
--^ 1 | STOP JOB 'x';
--^   |          ^^^
--^ hint: SHOW JOBS lists them
STOP JOB 'x' WITH SAVEPOINT;
--^ error 0A000: STOP JOB .. WITH SAVEPOINT and WITH DRAIN are not supported: jobs of a session have no checkpoints
--^   --> -c:1:1
--^ 1 | STOP JOB 'x' WITH SAVEPOINT;
--^   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE MATERIALIZED TABLE m AS SELECT 1 AS x;
--^ error 0A000: CREATE MATERIALIZED TABLE is not supported yet
--^   --> -c:1:1
--^ 1 | CREATE MATERIALIZED TABLE m AS SELECT 1 AS x;
--^   | ^^^^^^^^^^^^^^^^^^^
CREATE MODEL m INPUT (x INT) OUTPUT (y INT) WITH ('a' = 'b');
--^ error 0A000: CREATE MODEL is not supported yet
--^   --> -c:1:1
--^ 1 | CREATE MODEL m INPUT (x INT) OUTPUT (y INT) WITH ('a' = 'b');
--^   | ^^^^^^^^^^^^
SET 'weir.batch.row' = '1';
--^ error WR001: the session has no option 'weir.batch.row'
--^   --> -c:1:5
--^ 1 | SET 'weir.batch.row' = '1';
--^   |     ^^^^^^^^^^^^^^^^
--^ hint: did you mean 'weir.batch.rows'?
SET 'weir.batch.rows' = '0';
--^ error WR001: option 'weir.batch.rows' of the session must be between 1 and 2048, not '0'
--^   --> -c:1:25
--^ 1 | SET 'weir.batch.rows' = '0';
--^   |                         ^^^
SET 'parallelism.default' = 'many';
--^ error WR001: option 'parallelism.default' of the session must be a whole number, not 'many'
--^   --> -c:1:29
--^ 1 | SET 'parallelism.default' = 'many';
--^   |                             ^^^^^^
SET 'weir.on-error' = 'ignore';
--^ error WR001: option 'weir.on-error' of the session must be fail or skip, not 'ignore'
--^   --> -c:1:23
--^ 1 | SET 'weir.on-error' = 'ignore';
--^   |                       ^^^^^^^^
SET 'table.local-time-zone' = 'Mars/Base';
--^ error WR001: there is no time zone 'Mars/Base'
--^   --> -c:1:31
--^ 1 | SET 'table.local-time-zone' = 'Mars/Base';
--^   |                               ^^^^^^^^^^^
--^ hint: use a region as 'Europe/Berlin', or an offset as '+02:00' or 'UTC'
SET 'execution.checkpointing.interval' = 'often';
--^ error WR001: option 'execution.checkpointing.interval' of the session must be a duration such as '10 s', not 'often'
--^   --> -c:1:42
--^ 1 | SET 'execution.checkpointing.interval' = 'often';
--^   |                                          ^^^^^^^
SET 'weir.source.chunk-bytes' = 'big';
--^ error WR001: option 'weir.source.chunk-bytes' of the session must be a size such as '128 mb', not 'big'
--^   --> -c:1:33
--^ 1 | SET 'weir.source.chunk-bytes' = 'big';
--^   |                                 ^^^^^
SET 'table.dml-sync' = 'yes';
--^ error WR001: option 'table.dml-sync' of the session must be true or false, not 'yes'
--^   --> -c:1:24
--^ 1 | SET 'table.dml-sync' = 'yes';
--^   |                        ^^^^^
SET 'nonsense' = '1';
--^ error WR001: the session has no option 'nonsense'
--^   --> -c:1:5
--^ 1 | SET 'nonsense' = '1';
--^   |     ^^^^^^^^^^
RESET 'nonsense';
--^ error WR001: the session has no option 'nonsense'
--^   --> -c:1:7
--^ 1 | RESET 'nonsense';
--^   |       ^^^^^^^^^^
CREATE TABLE fed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ('connector' = 'stream', 'bounded' = 'maybe');
--^ error WR001: option 'bounded' of connector 'stream' must be true or false, not 'maybe'
--^   --> -c:1:125
--^ 1 | CREATE TABLE fed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ('connector' = 'stream', 'bounded' = 'maybe');
--^   |                                                                                                                             ^^^^^^^
CREATE TABLE fed (a INT, ts TIMESTAMP(3)) WITH ('connector' = 'stream', 'format' = 'json');
--^ error WR001: connector 'stream' has no option 'format'
--^   --> -c:1:73
--^ 1 | CREATE TABLE fed (a INT, ts TIMESTAMP(3)) WITH ('connector' = 'stream', 'format' = 'json');
--^   |                                                                         ^^^^^^^^
CREATE TABLE fed (a INT, ts TIMESTAMP(3)) WITH ('connector' = 'stream', 'path' = 'x');
--^ error WR001: connector 'stream' has no option 'path'
--^   --> -c:1:73
--^ 1 | CREATE TABLE fed (a INT, ts TIMESTAMP(3)) WITH ('connector' = 'stream', 'path' = 'x');
--^   |                                                                         ^^^^^^
CREATE TABLE fed (a INT, ts TIMESTAMP(3), at BIGINT METADATA) WITH ('connector' = 'stream');
--^ error 42703: connector 'stream' has no metadata 'at'
--^   --> -c:1:43
--^ 1 | CREATE TABLE fed (a INT, ts TIMESTAMP(3), at BIGINT METADATA) WITH ('connector' = 'stream');
--^   |                                           ^^
CREATE TABLE fed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ('connector' = 'stream', 'bounded' = 'true');
CREATE TABLE unfed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ('connector' = 'datagen');
--^ error 0A000: connector 'datagen' gives no watermark of its own
--^   --> -c:1:65
--^ 1 | CREATE TABLE unfed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK()) WITH ('connector' = 'datagen');
--^   |                                                                 ^^^^^^^^^^^^^^^^^^
--^ hint: write an expression, such as ts - INTERVAL '5' SECOND
CREATE TABLE unfed (a INT, WATERMARK FOR a AS SOURCE_WATERMARK()) WITH ('connector' = 'stream');
--^ error 42804: a rowtime must be TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p at most 3, but 'a' is INT
--^   --> -c:1:42
--^ 1 | CREATE TABLE unfed (a INT, WATERMARK FOR a AS SOURCE_WATERMARK()) WITH ('connector' = 'stream');
--^   |                                          ^
--^ hint: declare it as TIMESTAMP(3), or add a computed column such as rt AS CAST(a AS TIMESTAMP(3))
CREATE TABLE unfed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK(1)) WITH ('connector' = 'stream');
--^ error 42883: there is no function 'SOURCE_WATERMARK'
--^   --> -c:1:65
--^ 1 | CREATE TABLE unfed (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK(1)) WITH ('connector' = 'stream');
--^   |                                                                 ^^^^^^^^^^^^^^^^^^^
--^ hint: did you mean CURRENT_WATERMARK?
SELECT SOURCE_WATERMARK() FROM fed;
--^ error 42883: there is no function 'SOURCE_WATERMARK'
--^   --> -c:1:8
--^ 1 | SELECT SOURCE_WATERMARK() FROM fed;
--^   |        ^^^^^^^^^^^^^^^^^^
--^ hint: did you mean CURRENT_WATERMARK?
INSERT INTO fed VALUES (1, TIMESTAMP '2026-01-01 00:00:00');
--^ error 42000: connector 'stream' can only be read
--^   --> -c:1:13
--^ 1 | INSERT INTO fed VALUES (1, TIMESTAMP '2026-01-01 00:00:00');
--^   |             ^^^
