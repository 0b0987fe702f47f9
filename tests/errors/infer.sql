-- What is said when the columns of files cannot be found.
-- modes: straight
SELECT * FROM '${DIR}/data/infer/raged.csv';
--^ error 42P01: there is no file '${DIR}/data/infer/raged.csv'
--^   --> -c:1:15
--^ 1 | SELECT * FROM '${DIR}/data/infer/raged.csv';
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: did you mean '${DIR}/data/infer/ragged.csv'?
SELECT * FROM '${DIR}/data/infre/ragged.csv';
--^ error 42P01: there is no file '${DIR}/data/infre/ragged.csv'
--^   --> -c:1:15
--^ 1 | SELECT * FROM '${DIR}/data/infre/ragged.csv';
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: there is no folder '${DIR}/data/infre'
SELECT * FROM '${DIR}/data/infer/*.tsv';
--^ error 42P01: no file fits the path '${DIR}/data/infer/*.tsv'
--^   --> -c:1:15
--^ 1 | SELECT * FROM '${DIR}/data/infer/*.tsv';
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM '${DIR}/data/infer/hidden';
--^ error 42P01: there are no files in '${DIR}/data/infer/hidden'
--^   --> -c:1:15
--^ 1 | SELECT * FROM '${DIR}/data/infer/hidden';
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM '';
--^ error 42601: the path of a file cannot be empty
--^   --> -c:1:15
--^ 1 | SELECT * FROM '';
--^   |               ^^
SELECT * FROM U&'\0000';
--^ error 42601: the path of a file cannot hold a zero byte
--^   --> -c:1:15
--^ 1 | SELECT * FROM U&'\0000';
--^   |               ^^^^^^^^^
SELECT * FROM '-';
--^ error 0A000: columns cannot be inferred from standard input: declare them
--^   --> -c:1:15
--^ 1 | SELECT * FROM '-';
--^   |               ^^^
DESCRIBE '${DIR}/data/infer/plain.txt';
--^ error WR001: the name of file '${DIR}/data/infer/plain.txt' does not tell its format
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/plain.txt';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: the option 'format' tells it, also in a hint: /*+ OPTIONS('format' = 'csv') */
DESCRIBE '${DIR}/data/infer/x.csv.bz2';
--^ error 0A000: file '${DIR}/data/infer/x.csv.bz2': packed files are read as .gz and .zst only
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/x.csv.bz2';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/x.parquet';
--^ error 0A000: file '${DIR}/data/infer/x.parquet': format 'parquet' is not supported yet
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/x.parquet';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE t (x INT) WITH ('connector' = 'blackhole');
SELECT * FROM 't';
--^ error 42P01: there is no file 't'
--^   --> -c:1:15
--^ 1 | SELECT * FROM 't';
--^   |               ^^^
--^ hint: there is a table t: leave the quotes out
SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ OPTIONS('path' = 'x') */;
--^ error WR001: 'path' cannot be changed: the file is named before the hint
--^   --> -c:1:58
--^ 1 | SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ OPTIONS('path' = 'x') */;
--^   |                                                          ^^^^^^
SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ OPTIONS('csv.quote' = 'x') */;
--^ error WR001: format 'csv' has no option 'csv.quote'
--^   --> -c:1:58
--^ 1 | SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ OPTIONS('csv.quote' = 'x') */;
--^   |                                                          ^^^^^^^^^^^
SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ BROADCAST(x) */;
--^ error 0A000: hint BROADCAST is not supported yet
--^   --> -c:1:50
--^ 1 | SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ BROADCAST(x) */;
--^   |                                                  ^^^^^^^^^^^^
SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ OPTIONS('format' = 'raw') */;
--^ error 0A000: files of format 'raw' do not tell their columns: declare them
--^   --> -c:1:15
--^ 1 | SELECT * FROM '${DIR}/data/infer/late/a.csv' /*+ OPTIONS('format' = 'raw') */;
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT ident FROM '${DIR}/data/infer/late/a.csv';
--^ error 42703: there is no column 'ident'
--^   --> -c:1:8
--^ 1 | SELECT ident FROM '${DIR}/data/infer/late/a.csv';
--^   |        ^^^^^
--^ hint: columns here are id, name
-- CSV
DESCRIBE '${DIR}/data/infer/empty.csv';
--^ error 22030: file '${DIR}/data/infer/empty.csv' is empty, so there are no columns to infer
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/empty.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/empties/*';
--^ error 22030: all files of '${DIR}/data/infer/empties/*' are empty, so there are no columns to infer
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/empties/*';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/ragged.csv';
--^ error 22030: file '${DIR}/data/infer/ragged.csv', line 3: the line has 2 fields where 3 are expected
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/ragged.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */ behind the file's name makes do with such lines
DESCRIBE '${DIR}/data/infer/open_quote.csv';
--^ error 22030: file '${DIR}/data/infer/open_quote.csv', line 2: a quoted field has no closing quote
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/open_quote.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */ behind the file's name makes do with such lines
DESCRIBE '${DIR}/data/infer/zero.csv';
--^ error 22030: file '${DIR}/data/infer/zero.csv', line 2: there is a zero byte: this is no text in UTF-8
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/zero.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/latin.csv';
--^ error 22030: file '${DIR}/data/infer/latin.csv', line 2: column '2' is not valid UTF-8
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/latin.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */ behind the file's name makes do with such lines
DESCRIBE '${DIR}/data/infer/latin_name.csv';
--^ error 22030: file '${DIR}/data/infer/latin_name.csv', line 1: column '2' is not valid UTF-8
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/latin_name.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */ behind the file's name makes do with such lines
SELECT * FROM '${DIR}/data/infer/latin_name.csv' /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */;
--^ error 22030: file '${DIR}/data/infer/latin_name.csv', line 1: the name of column 2 is not valid UTF-8
--^   --> -c:1:15
--^ 1 | SELECT * FROM '${DIR}/data/infer/latin_name.csv' /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */;
--^   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE piped WITH ('path' = '/dev/null', 'format' = 'csv');
--^ error 0A000: columns cannot be inferred from a pipe or device: declare them
--^   --> -c:1:35
--^ 1 | CREATE TABLE piped WITH ('path' = '/dev/null', 'format' = 'csv');
--^   |                                   ^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/wide.csv';
--^ error 54000: file '${DIR}/data/infer/wide.csv': there are more than 10000 columns
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/wide.csv';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT * FROM '${DIR}/data/infer/other';
--^ error 22030: table '${DIR}/data/infer/other', file '${DIR}/data/infer/other/b.csv', at byte 0: the first line does not have the names of the columns, which are id, name
--^ hint: the columns were inferred from the beginning of the first file; CREATE TABLE with columns declares others
SELECT * FROM '${DIR}/data/infer/late/*.csv';
--^ error 22030: table '${DIR}/data/infer/late/*.csv', file '${DIR}/data/infer/late/b.csv', at byte 14: column 'id': 'x' is not a valid BIGINT
--^ hint: the columns were inferred from the beginning of the first file; CREATE TABLE with columns declares others
CREATE TABLE named (id AS 1) WITH ('path' = '${DIR}/data/infer/late/a.csv');
--^ error 42710: the file has a column 'id' already
--^   --> -c:1:21
--^ 1 | CREATE TABLE named (id AS 1) WITH ('path' = '${DIR}/data/infer/late/a.csv');
--^   |                     ^^
CREATE TABLE gone WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/infer/gone.csv');
--^ error 42P01: there is no file '${DIR}/data/infer/gone.csv'
--^   --> -c:1:62
--^ 1 | CREATE TABLE gone WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/infer/gone.csv');
--^   |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: did you mean '${DIR}/data/infer/wide.csv'?
CREATE TABLE gone WITH ('connector' = 'filesystem', 'format' = 'csv');
--^ error WR001: connector 'filesystem' needs the option 'path'
--^   --> -c:1:24
--^ 1 | CREATE TABLE gone WITH ('connector' = 'filesystem', 'format' = 'csv');
--^   |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE late WITH ('path' = '${DIR}/data/infer/late/a.csv');
INSERT INTO late SELECT 1, 'x';
--^ error 0A000: writing to 'late' is not supported: its files begin with a line of names
--^   --> -c:1:13
--^ 1 | INSERT INTO late SELECT 1, 'x';
--^   |             ^^^^
--^ hint: CREATE TABLE with columns makes a table that can be written
SELECT id FROM late WHERE `at` > 1;
--^ error 42703: there is no column 'at'
--^   --> -c:1:27
--^ 1 | SELECT id FROM late WHERE `at` > 1;
--^   |                           ^^^^
--^ hint: columns here are id, name
-- Avro
DESCRIBE '${DIR}/data/infer/unions.avro';
--^ error 0A000: file '${DIR}/data/infer/unions.avro': field 'what': no type holds all branches of a union of long and others
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/unions.avro';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: CREATE TABLE with the columns that you need, and without this one
DESCRIBE '${DIR}/data/infer/hollow.avro';
--^ error 22030: file '${DIR}/data/infer/hollow.avro': field 'inner': a record without fields cannot be a ROW
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/hollow.avro';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/twice.avro';
--^ error 22030: file '${DIR}/data/infer/twice.avro': the schema has a field 'a' twice
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/twice.avro';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/bad.avro';
--^ error 22030: file '${DIR}/data/bad.avro': this is not an Avro file: it does not begin with 'Obj' and 1
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/bad.avro';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^
-- JSON
DESCRIBE '${DIR}/data/infer/comma.json';
--^ error 22030: file '${DIR}/data/infer/comma.json', line 2: it is not valid JSON: unexpected '}'
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/comma.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: the json format reads a record a line, or lines that are arrays of records
DESCRIBE '${DIR}/data/infer/lines.json';
--^ error 22030: file '${DIR}/data/infer/lines.json', line 1: it is not valid JSON: it ends too early
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/lines.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: the json format reads a record a line, or lines that are arrays of records
DESCRIBE '${DIR}/data/infer/nameless.json';
--^ error 22030: file '${DIR}/data/infer/nameless.json', line 1: a field without a name cannot be a column
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/nameless.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: CREATE TABLE with the columns that you need, and without this one
DESCRIBE '${DIR}/data/infer/zero.json';
--^ error 22030: file '${DIR}/data/infer/zero.json', line 1: a field whose name is not UTF-8 or holds a zero byte cannot be a column
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/zero.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: CREATE TABLE with the columns that you need, and without this one
DESCRIBE '${DIR}/data/infer/none.json';
--^ error 22030: file '${DIR}/data/infer/none.json': no record has a field
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/none.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
DESCRIBE '${DIR}/data/infer/text.json';
--^ error 22030: file '${DIR}/data/infer/text.json', line 1: it is not valid JSON: unexpected '"x"'
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/text.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: the json format reads a record a line, or lines that are arrays of records
DESCRIBE '${DIR}/data/infer/blank.json';
--^ error 22030: file '${DIR}/data/infer/blank.json' is empty, so there are no columns to infer
--^   --> -c:1:10
--^ 1 | DESCRIBE '${DIR}/data/infer/blank.json';
--^   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- partitions
CREATE TABLE p PARTITIONED BY (`day`) WITH ('path' = '${DIR}/data/infer/late/a.csv');
--^ error 58030: file '${DIR}/data/infer/late/a.csv' is not in a folder 'day=..'
--^   --> -c:1:54
--^ 1 | CREATE TABLE p PARTITIONED BY (`day`) WITH ('path' = '${DIR}/data/infer/late/a.csv');
--^   |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE p PARTITIONED BY (id) WITH ('path' = '${DIR}/data/infer/late/a.csv');
--^ error 42710: partition column 'id' is in the files as well
--^   --> -c:1:51
--^ 1 | CREATE TABLE p PARTITIONED BY (id) WITH ('path' = '${DIR}/data/infer/late/a.csv');
--^   |                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
