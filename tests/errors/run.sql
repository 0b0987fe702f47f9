-- What fails when rows come: files, formats, NULLs, limits.
-- modes: straight
CREATE TABLE none (x INT) WITH ('connector' = 'filesystem', 'path' = '/nonexistent/x.csv', 'format' = 'csv');
SELECT * FROM none;
--^ error 58030: table default_catalog.default_database.none: '/nonexistent/x.csv' cannot be read: No such file or directory
CREATE TABLE glob (x INT) WITH ('connector' = 'filesystem', 'path' = '/nonexistent/*.csv', 'format' = 'csv');
SELECT * FROM glob;
--^ error 58030: table default_catalog.default_database.glob: no file fits the path '/nonexistent/*.csv'
CREATE TABLE badcsv (s STRING, i INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.csv', 'format' = 'csv');
SELECT * FROM badcsv;
--^ error 22030: table default_catalog.default_database.badcsv, file '${DIR}/data/bad.csv', at byte 4: column 'i': 'two' is not a valid INT
CREATE TABLE wide (a STRING, b STRING, c STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.csv', 'format' = 'csv');
SELECT * FROM wide;
--^ error 22030: table default_catalog.default_database.wide, file '${DIR}/data/bad.csv', at byte 0: the line has 2 fields where 3 are expected
CREATE TABLE badjson (i INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.json', 'format' = 'json');
SELECT * FROM badjson;
--^ error 22030: table default_catalog.default_database.badjson, file '${DIR}/data/bad.json', at byte 8: field 'i': "x" is not a valid INT
CREATE TABLE strict (i INT, j INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.json', 'format' = 'json',
  'json.fail-on-missing-field' = 'true');
SELECT * FROM strict;
--^ error 22030: table default_catalog.default_database.strict, file '${DIR}/data/bad.json', at byte 0: field 'j' is missing
CREATE TABLE badavro (i INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.avro', 'format' = 'avro');
SELECT * FROM badavro;
--^ error 22030: table default_catalog.default_database.badavro, file '${DIR}/data/bad.avro', at byte 0: this is not an Avro file: it does not begin with 'Obj' and 1
CREATE TABLE raw4 (i INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.avro', 'format' = 'raw');
SELECT * FROM raw4;
--^ error 22030: table default_catalog.default_database.raw4, file '${DIR}/data/bad.avro', at byte 0: column 'i': 15 bytes where 4 are needed
CREATE TABLE nulls (i INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/nulls.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE nulls, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--^ error 22004: the rowtime of table default_catalog.default_database.nulls is NULL in row 0 of a batch of ${DIR}/data/nulls.csv
CREATE TABLE parts (x STRING, c INT) PARTITIONED BY (c)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/parts/c=x', 'format' = 'csv');
SELECT * FROM parts;
--^ error 22030: 'x' in the path of file '${DIR}/data/parts/c=x/f.csv' is not a valid INT
CREATE TABLE parts2 (x STRING, c INT) PARTITIONED BY (c)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/parts', 'format' = 'csv');
SELECT * FROM parts2;
--^ error 58030: file '${DIR}/data/parts/g.csv' is not in a folder 'c=...', as table default_catalog.default_database.parts2 is partitioned
CREATE TABLE onfile (s STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/bad.csv', 'format' = 'csv');
INSERT INTO onfile SELECT 'x';
--^ error 58030: ${DIR}/data/bad.csv is a file: an INSERT writes part files into a folder
CREATE TABLE a2 (x STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/ints.avro', 'format' = 'avro');
SELECT * FROM a2;
--^ error 22030: table default_catalog.default_database.a2, file '${DIR}/data/ints.avro', at byte 277: column 'x' is STRING, but the file has Avro's int there
CREATE TABLE a3 (x INT, y INT NOT NULL) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/ints.avro', 'format' = 'avro');
SELECT * FROM a3;
--^ error 22030: table default_catalog.default_database.a3, file '${DIR}/data/ints.avro', at byte 277: column 'y' is NOT NULL, but the Avro schema has no such field
CREATE TABLE j1 (m MAP<STRING, INT>) WITH ('connector' = 'filesystem', 'path' = '${OUT}/j1', 'format' = 'json');
INSERT INTO j1 SELECT MAP[CAST(NULL AS STRING), 1];
--^ error 22031: column 'm' has a MAP with a NULL key, which JSON cannot hold
--^ hint: set 'json.map-null-key.mode' to DROP or LITERAL
CREATE TABLE strange (x INT, y STRING METADATA FROM 'file.nam') WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^ error 42703: connector 'filesystem' has no metadata 'file.nam'
--^   --> -c:1:53
--^ 1 | CREATE TABLE strange (x INT, y STRING METADATA FROM 'file.nam') WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^   |                                                     ^^^^^^^^^^
--^ hint: it has file.path, file.name, file.size, file.modification-time
SET 'weir.state.memory-limit' = '1 mb';
CREATE TABLE many (k BIGINT, s STRING) WITH ('connector' = 'datagen', 'number-of-rows' = '200000', 'fields.k.kind' = 'sequence',
  'fields.k.start' = '1', 'fields.k.end' = '200000');
SELECT COUNT(*) FROM (SELECT k, COUNT(*) AS n FROM many GROUP BY k);
--! 53200: group aggregate needs more memory than allowed: the job holds 
--! raise it with SET 'weir.state.memory-limit'
RESET 'weir.state.memory-limit';
SELECT ${NO_SUCH_NAME};
--^ error WR001: ${NO_SUCH_NAME} has no value
--^   --> -c:1:8
--^ 1 | SELECT ${NO_SUCH_NAME};
--^   |        ^^^^^^^^^^^^^^^
--^ hint: give it with -D NO_SUCH_NAME=..., or set it in the environment
SET 'parallelism.default' = '1024';
--^ error WR001: option 'parallelism.default' of the session must be between 1 and 256, not '1024'
--^   --> -c:1:29
--^ 1 | SET 'parallelism.default' = '1024';
--^   |                             ^^^^^^
