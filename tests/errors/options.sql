-- Options of connectors and formats, in the order of the connectors' names.
-- modes: straight
CREATE TABLE t (x INT) WITH ('connector' = 'blackhole', 'paht' = 'x');
--^ error WR001: connector 'blackhole' has no option 'paht'
--^   --> -c:1:57
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'blackhole', 'paht' = 'x');
--^   |                                                         ^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'rows-per-second' = 'fast');
--^ error WR001: option 'rows-per-second' of connector 'datagen' must be a whole number, not 'fast'
--^   --> -c:1:75
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'rows-per-second' = 'fast');
--^   |                                                                           ^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'fields.x.kind' = 'sequenze');
--^ error WR001: option 'fields.x.kind' of connector 'datagen' must be random or sequence, not 'sequenze'
--^   --> -c:1:73
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'fields.x.kind' = 'sequenze');
--^   |                                                                         ^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.kind' = 'sequence');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.start' is needed for a sequence
DROP TABLE t;
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.y.kind' = 'random');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.y.kind' has no effect: no column of that name takes it
DROP TABLE t;
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.min' = 'low');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.min' must be a number
DROP TABLE t;
CREATE TABLE t (x TINYINT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.max' = '1000');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.max' is out of the column's range
DROP TABLE t;
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.min' = '5', 'fields.x.max' = '1');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.max' must not be less than its min
DROP TABLE t;
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.kind' = 'sequence',
  'fields.x.start' = '5', 'fields.x.end' = '1');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.end' must not be less than its start
DROP TABLE t;
CREATE TABLE t (x BOOLEAN) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.kind' = 'sequence',
  'fields.x.start' = '1', 'fields.x.end' = '2');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.kind' can be 'sequence' for numbers and strings only
DROP TABLE t;
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.null-rate' = '1.5');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.null-rate' must be between 0 and 1
DROP TABLE t;
CREATE TABLE t (x CHAR(3)) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.var-len' = 'true');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.var-len' cannot be true for a type of one length
DROP TABLE t;
CREATE TABLE t (x ROW<y INT>) WITH ('connector' = 'datagen', 'number-of-rows' = '1', 'fields.x.y.kind' = 'sequence',
  'fields.x.y.start' = '1', 'fields.x.y.end' = '2');
SELECT x FROM t;
--^ error WR001: table default_catalog.default_database.t: option 'fields.x.y.kind' can be 'sequence' for whole columns only
DROP TABLE t;
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'format' = 'csv');
--^ error WR001: connector 'filesystem' needs the option 'path'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'format' = 'csv');
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x');
--^ error WR001: connector 'filesystem' needs the option 'format'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x');
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: add 'format' = '..'; SHOW FORMATS lists them
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'cvs');
--^ error WR001: there is no format 'cvs'
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'cvs');
--^   |                                                                                    ^^^^^
--^ hint: there are avro, csv, json, raw
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'parquet');
--^ error 0A000: format 'parquet' is not supported yet
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'parquet');
--^   |                                                                                    ^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.delimiter' = ',');
--^ error WR001: format 'csv' has no option 'csv.delimiter'
--^   --> -c:1:91
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.delimiter' = ',');
--^   |                                                                                           ^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.field-delimiter' = 'ab');
--^ error WR001: option 'csv.field-delimiter' of format 'csv' must be one character, not 'ab'
--^   --> -c:1:115
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.field-delimiter' = 'ab');
--^   |                                                                                                                   ^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.field-delimiter' = 'é');
--^ error WR001: option 'csv.field-delimiter' must be an ASCII character other than a line end
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.field-delimiter' = 'é');
--^   |                                                                                    ^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.field-delimiter' = '"');
--^ error WR001: 'csv.field-delimiter' is the quote or escape character as well
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.field-delimiter' = '"');
--^   |                                                                                    ^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.quote-character' = '"',
  'csv.disable-quote-character' = 'true');
--^ error WR001: 'csv.quote-character' is given although 'csv.disable-quote-character' is true
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.quote-character' = '"',
--^   |                                                                                    ^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.escape-character' = 'é');
--^ error WR001: option 'csv.escape-character' must be an ASCII character other than a line end
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'csv.escape-character' = 'é');
--^   |                                                                                    ^^^^^
CREATE TABLE t (x MAP<STRING, INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^ error 42000: column 'x': the csv format has no form for MAP
--^   --> -c:1:97
--^ 1 | CREATE TABLE t (x MAP<STRING, INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^   |                                                                                                 ^^^^^
CREATE TABLE t (x ARRAY<ARRAY<INT>>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^ error 42000: column 'x': the csv format has no form for ARRAY within another ARRAY or ROW
--^   --> -c:1:98
--^ 1 | CREATE TABLE t (x ARRAY<ARRAY<INT>>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv');
--^   |                                                                                                  ^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json', 'json.fail-on-missing-field' = 'true',
  'json.ignore-parse-errors' = 'true');
--^ error WR001: 'json.fail-on-missing-field' and 'json.ignore-parse-errors' cannot both be true
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json', 'json.fail-on-missing-field' = 'true',
--^   |                                                                                    ^^^^^^
CREATE TABLE t (x MAP<INT, INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json');
--^ error 42000: column 'x': the keys of a MAP must be STRING in the json format
--^   --> -c:1:94
--^ 1 | CREATE TABLE t (x MAP<INT, INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json');
--^   |                                                                                              ^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json', 'json.timestamp-format.standard' = 'RFC');
--^ error WR001: option 'json.timestamp-format.standard' of format 'json' must be SQL or ISO-8601, not 'RFC'
--^   --> -c:1:127
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json', 'json.timestamp-format.standard' = 'RFC');
--^   |                                                                                                                               ^^^^^
CREATE TABLE t (x INT, y INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'raw');
--^ error 42000: the raw format takes one column, the table has 2
--^   --> -c:1:91
--^ 1 | CREATE TABLE t (x INT, y INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'raw');
--^   |                                                                                           ^^^^^
CREATE TABLE t (x ARRAY<INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'raw');
--^ error 42000: column 'x': the raw format has no form for its type
--^   --> -c:1:91
--^ 1 | CREATE TABLE t (x ARRAY<INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'raw');
--^   |                                                                                           ^^^^^
CREATE TABLE t (x STRING) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'raw', 'raw.charset' = 'latin1');
--^ error WR001: 'raw.charset' = 'latin1' is not supported yet, only UTF-8
--^   --> -c:1:87
--^ 1 | CREATE TABLE t (x STRING) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'raw', 'raw.charset' = 'latin1');
--^   |                                                                                       ^^^^^
CREATE TABLE t (x MAP<INT, INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro');
--^ error 42000: column 'x': the avro format has no form for MAP<INT, INT>: keys must be STRING
--^   --> -c:1:94
--^ 1 | CREATE TABLE t (x MAP<INT, INT>) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro');
--^   |                                                                                              ^^^^^^
CREATE TABLE t (x INTERVAL DAY TO SECOND) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro');
--^ error 42000: column 'x': the avro format has no form for INTERVAL SECOND(3)
--^   --> -c:1:103
--^ 1 | CREATE TABLE t (x INTERVAL DAY TO SECOND) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro');
--^   |                                                                                                       ^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro', 'avro.codec' = 'lz4');
--^ error WR001: option 'avro.codec' of format 'avro' must be null, deflate, snappy or zstandard, not 'lz4'
--^   --> -c:1:107
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro', 'avro.codec' = 'lz4');
--^   |                                                                                                           ^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro', 'avro.encoding' = 'json');
--^ error WR001: 'avro.encoding' = 'json' is not supported yet
--^   --> -c:1:84
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'avro', 'avro.encoding' = 'json');
--^   |                                                                                    ^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '', 'format' = 'csv');
--^ error WR001: the option 'path' is empty
--^   --> -c:1:67
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '', 'format' = 'csv');
--^   |                                                                   ^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = 's3://bucket/x', 'format' = 'csv');
--^ error 0A000: paths of 's3://' are not supported yet by connector 'filesystem'
--^   --> -c:1:67
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = 's3://bucket/x', 'format' = 'csv');
--^   |                                                                   ^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = 'file://x', 'format' = 'csv');
--^ error WR001: file:// needs an absolute path, as in file:///data/x
--^   --> -c:1:67
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = 'file://x', 'format' = 'csv');
--^   |                                                                   ^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'auto-compaction' = 'true');
--^ error 0A000: the option 'auto-compaction' is not supported yet
--^   --> -c:1:91
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'auto-compaction' = 'true');
--^   |                                                                                           ^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'source.monitor-interval' = '1 s');
--^ error 0A000: the option 'source.monitor-interval' is not supported yet
--^   --> -c:1:91
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'source.monitor-interval' = '1 s');
--^   |                                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'sink.rolling-policy.file-size' = '1 x');
--^ error WR001: option 'sink.rolling-policy.file-size' of connector 'filesystem' must be a size such as '128 mb', not '1 x'
--^   --> -c:1:125
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'csv', 'sink.rolling-policy.file-size' = '1 x');
--^   |                                                                                                                             ^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'csv');
--^ error WR001: connector 'kafka' needs the option 'properties.bootstrap.servers'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'csv');
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'format' = 'csv');
--^ error WR001: connector 'kafka' needs the option 'topic'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'format' = 'csv');
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'format' = 'csv', 'topic' = 'a',
  'topic-pattern' = 'b');
--^ error WR001: connector 'kafka' takes 'topic' or 'topic-pattern', not both
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'format' = 'csv', 'topic' = 'a',
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a');
--^ error WR001: connector 'kafka' needs the option 'format'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a');
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: add 'format' = '..'; SHOW FORMATS lists them
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'value.format' = 'csv');
--^ error WR001: 'format' and 'value.format' mean the same: give one of them
--^   --> -c:2:3
--^ 2 |   'value.format' = 'csv');
--^   |   ^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'scan.startup.mode' = 'beginning');
--^ error WR001: option 'scan.startup.mode' of connector 'kafka' must be earliest-offset, latest-offset, group-offsets, timestamp or specific-offsets, not 'beginning'
--^   --> -c:2:25
--^ 2 |   'scan.startup.mode' = 'beginning');
--^   |                         ^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'scan.startup.mode' = 'specific-offsets');
--^ error WR001: 'scan.startup.mode' = 'specific-offsets' needs the option 'scan.startup.specific-offsets'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'scan.bounded.mode' = 'timestamp');
--^ error WR001: 'scan.bounded.mode' = 'timestamp' needs the option 'scan.bounded.timestamp-millis'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'key.fields' = 'x');
--^ error WR001: 'key.fields' needs the option 'key.format'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'sink.partitioner' = 'com.example.P');
--^ error 0A000: 'sink.partitioner' = 'com.example.P' is not supported yet
--^   --> -c:2:24
--^ 2 |   'sink.partitioner' = 'com.example.P');
--^   |                        ^^^^^^^^^^^^^^^
--^ hint: a class of Java cannot be loaded; use default, fixed or round-robin
CREATE TABLE t (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'sink.delivery-guarantee' = 'exactly-once');
--^ error 0A000: 'sink.delivery-guarantee' = 'exactly-once' is not supported yet by connector 'kafka'
--^   --> -c:2:31
--^ 2 |   'sink.delivery-guarantee' = 'exactly-once');
--^   |                               ^^^^^^^^^^^^^^
--^ hint: leave it out: rows are delivered at least once
CREATE TABLE k (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'key.format' = 'csv');
SELECT * FROM k;
--^ error WR001: table default_catalog.default_database.k has 'key.format' but no 'key.fields'
DROP TABLE k;
CREATE TABLE k (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'key.format' = 'csv', 'key.fields' = 'y');
SELECT * FROM k;
--^ error WR001: 'key.fields' names 'y', which is no physical column of table default_catalog.default_database.k
DROP TABLE k;
CREATE TABLE k (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'key.format' = 'csv', 'key.fields' = 'x', 'key.fields-prefix' = 'k_');
SELECT * FROM k;
--^ error WR001: the key column 'x' does not begin with 'key.fields-prefix' = 'k_'
DROP TABLE k;
CREATE TABLE k (k_x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'key.format' = 'csv', 'key.fields' = 'k_x', 'key.fields-prefix' = 'k_');
SELECT * FROM k;
--^ error WR001: 'key.fields-prefix' needs 'value.fields-include' = 'EXCEPT_KEY'
DROP TABLE k;
CREATE TABLE k (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'scan.startup.mode' = 'specific-offsets', 'scan.startup.specific-offsets' = 'all');
SELECT * FROM k;
--^ error WR001: 'scan.startup.specific-offsets' = 'all' is not a list of offsets
--^   --> -c:1:17
--^ 1 | SELECT * FROM k;
--^   |                 ^
--^ hint: write it as 'partition:0,offset:42;partition:1,offset:300'
DROP TABLE k;
CREATE TABLE k (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic' = 'a', 'format' = 'csv',
  'properties.max.poll' = '1');
SELECT * FROM k;
--^ error WR001: the Kafka client has no property 'max.poll'
--^   --> -c:1:17
--^ 1 | SELECT * FROM k;
--^   |                 ^
--^ hint: the names are those of librdkafka's CONFIGURATION.md; most are Java's
DROP TABLE k;
CREATE TABLE k (x INT) WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = 'h:9', 'topic-pattern' = 'a', 'format' = 'csv');
INSERT INTO k SELECT 1;
--^ error WR001: table default_catalog.default_database.k is written to, so its option 'topic' must name one topic, or a column be the metadata 'topic'
DROP TABLE k;
CREATE TABLE t (x INT) WITH ('connector' = 'nexmark', 'base-time' = 'soon');
--^ error WR001: 'base-time' must be a time such as '2026-01-01 00:00:00'
--^   --> -c:1:29
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'nexmark', 'base-time' = 'soon');
--^   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t WITH ('connector' = 'nexmark', 'base-time' = 'soon');
--^ error WR001: 'base-time' must be a time such as '2026-01-01 00:00:00'
--^   --> -c:1:21
--^ 1 | CREATE TABLE t WITH ('connector' = 'nexmark', 'base-time' = 'soon');
--^   |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t WITH ('connector' = 'playback', 'event-time.start' = 'soon');
--^ error WR001: 'event-time.start' must be a time such as '2026-05-04 18:00:00'
--^   --> -c:1:21
--^ 1 | CREATE TABLE t WITH ('connector' = 'playback', 'event-time.start' = 'soon');
--^   |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t WITH ('connector' = 'playback', 'event-time.duration' = '1 ms');
--^ error WR001: 'event-time.duration' must be at least one second
--^   --> -c:1:21
--^ 1 | CREATE TABLE t WITH ('connector' = 'playback', 'event-time.duration' = '1 ms');
--^   |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t WITH ('connector' = 'playback', 'disorder' = '2 h');
--^ error WR001: 'disorder' must be at most one hour
--^   --> -c:1:21
--^ 1 | CREATE TABLE t WITH ('connector' = 'playback', 'disorder' = '2 h');
--^   |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'print', 'standard-error' = 'maybe');
--^ error WR001: option 'standard-error' of connector 'print' must be true or false, not 'maybe'
--^   --> -c:1:72
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'print', 'standard-error' = 'maybe');
--^   |                                                                        ^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'print', 'print-identifier');
--^ error 42601: syntax error at ")": expected "="
--^   --> -c:1:71
--^ 1 | CREATE TABLE t (x INT) WITH ('connector' = 'print', 'print-identifier');
--^   |                                                                       ^
CREATE TABLE t (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1');
SELECT x FROM t /*+ OPTIONS('connector' = 'print') */;
--^ error WR001: 'connector' cannot be changed
--^   --> -c:1:29
--^ 1 | SELECT x FROM t /*+ OPTIONS('connector' = 'print') */;
--^   |                             ^^^^^^^^^^^
SELECT x FROM t /*+ OPTIONS('number-of-row' = '3') */;
--^ error WR001: connector 'datagen' has no option 'number-of-row'
--^   --> -c:1:29
--^ 1 | SELECT x FROM t /*+ OPTIONS('number-of-row' = '3') */;
--^   |                             ^^^^^^^^^^^^^^^
--^ hint: did you mean 'number-of-rows'?
