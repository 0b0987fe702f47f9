-- Names, types and places in queries.
-- modes: straight
CREATE TABLE plays (id BIGINT, kind STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  place ROW<city STRING, zip INT>, tags ARRAY<STRING>, props MAP<STRING, INT>, ok BOOLEAN, raw BYTES)
WITH ('connector' = 'datagen', 'number-of-rows' = '1');
CREATE TABLE people (id BIGINT, name STRING) WITH ('connector' = 'datagen', 'number-of-rows' = '1');
SELECT kinds FROM plays;
--^ error 42703: there is no column 'kinds'
--^   --> -c:1:8
--^ 1 | SELECT kinds FROM plays;
--^   |        ^^^^^
--^ hint: did you mean 'kind'?
SELECT plays.kinds FROM plays;
--^ error 42703: there is no column 'kinds' in plays
--^   --> -c:1:14
--^ 1 | SELECT plays.kinds FROM plays;
--^   |              ^^^^^
--^ hint: did you mean 'kind'?
SELECT p.nothing_like_it FROM plays AS p;
--^ error 42703: there is no column 'nothing_like_it' in p
--^   --> -c:1:10
--^ 1 | SELECT p.nothing_like_it FROM plays AS p;
--^   |          ^^^^^^^^^^^^^^^
--^ hint: columns here are id, kind, secs, price, ts, place, tags, props, ok, raw
SELECT q.id FROM plays AS p;
--^ error 42703: there is no table or column 'q' here
--^   --> -c:1:8
--^ 1 | SELECT q.id FROM plays AS p;
--^   |        ^
--^ hint: tables here are p
SELECT id FROM plais;
--^ error 42P01: there is no table or view 'plais'
--^   --> -c:1:16
--^ 1 | SELECT id FROM plais;
--^   |                ^^^^^
--^ hint: did you mean 'plays'?
SELECT id FROM other.plays;
--^ error 42P01: there is no table or view 'other.plays'
--^   --> -c:1:16
--^ 1 | SELECT id FROM other.plays;
--^   |                ^^^^^^^^^^^
--^ hint: there is no database 'other'
SELECT id FROM a.b.c.d;
--^ error 42P01: there is no table or view 'a.b.c.d'
--^   --> -c:1:16
--^ 1 | SELECT id FROM a.b.c.d;
--^   |                ^^^^^^^
--^ hint: a name has at most three parts: catalog.database.table
SELECT id FROM plays, people;
--^ error 42702: column 'id' is ambiguous
--^   --> -c:1:8
--^ 1 | SELECT id FROM plays, people;
--^   |        ^^
--^ hint: it could be plays.id, people.id
SELECT place.town FROM plays;
--^ error 42703: there is no field 'town' in ROW<`city` STRING, `zip` INT>
--^   --> -c:1:14
--^ 1 | SELECT place.town FROM plays;
--^   |              ^^^^
--^ hint: its fields are city, zip
SELECT kind.town FROM plays;
--^ error 42804: a value of type STRING has no field 'town'
--^   --> -c:1:13
--^ 1 | SELECT kind.town FROM plays;
--^   |             ^^^^
SELECT place.city.name FROM plays;
--^ error 42804: a value of type STRING has no field 'name'
--^   --> -c:1:19
--^ 1 | SELECT place.city.name FROM plays;
--^   |                   ^^^^
SELECT tags['a'] FROM plays;
--^ error 42804: the elements of an ARRAY are counted by integers, not CHAR(1)
--^   --> -c:1:13
--^ 1 | SELECT tags['a'] FROM plays;
--^   |             ^^^
SELECT kind[1] FROM plays;
--^ error 42804: a value of type STRING has no elements
--^   --> -c:1:8
--^ 1 | SELECT kind[1] FROM plays;
--^   |        ^^^^^^^
SELECT props[TRUE] FROM plays;
--^ error 42804: the keys of this MAP are STRING, not BOOLEAN
--^   --> -c:1:14
--^ 1 | SELECT props[TRUE] FROM plays;
--^   |              ^^^^
SELECT secs.* FROM plays;
--^ error 42804: a value of type INT has no fields
--^   --> -c:1:8
--^ 1 | SELECT secs.* FROM plays;
--^   |        ^^^^^^
SELECT * ;
--^ error 42000: there are no columns for * here
--^   --> -c:1:8
--^ 1 | SELECT * ;
--^   |        ^
SELECT COUNT(*), * + 1 FROM plays;
--^ error 42601: syntax error at "+": expected FROM, WHERE, GROUP, ORDER or LIMIT
--^   --> -c:1:20
--^ 1 | SELECT COUNT(*), * + 1 FROM plays;
--^   |                    ^
SELECT id FROM plays WHERE secs;
--^ error 42804: WHERE needs a BOOLEAN, but this is INT
--^   --> -c:1:28
--^ 1 | SELECT id FROM plays WHERE secs;
--^   |                            ^^^^
SELECT id FROM plays WHERE NOT kind;
--^ error 42804: NOT needs a BOOLEAN, but this is STRING
--^   --> -c:1:32
--^ 1 | SELECT id FROM plays WHERE NOT kind;
--^   |                                ^^^^
SELECT id FROM plays WHERE secs AND ok;
--^ error 42804: WHERE needs a BOOLEAN, but this is INT
--^   --> -c:1:28
--^ 1 | SELECT id FROM plays WHERE secs AND ok;
--^   |                            ^^^^
SELECT id = kind FROM plays;
--^ error 42804: BIGINT and STRING cannot be compared
--^   --> -c:1:8
--^ 1 | SELECT id = kind FROM plays;
--^   |        ^^^^^^^^^
--^ hint: use CAST on one side
SELECT ok > 1 FROM plays;
--^ error 42804: operator > does not take BOOLEAN and INT
--^   --> -c:1:8
--^ 1 | SELECT ok > 1 FROM plays;
--^   |        ^^^^^^
SELECT id + kind FROM plays;
--^ error 42804: operator + does not take BIGINT and STRING
--^   --> -c:1:8
--^ 1 | SELECT id + kind FROM plays;
--^   |        ^^^^^^^^^
SELECT -kind FROM plays;
--^ error 42804: operator - does not take STRING
--^   --> -c:1:8
--^ 1 | SELECT -kind FROM plays;
--^   |        ^^^^^
SELECT kind || tags FROM plays;
--^ error 42804: operator || does not take STRING and ARRAY<STRING>
--^   --> -c:1:8
--^ 1 | SELECT kind || tags FROM plays;
--^   |        ^^^^^^^^^^^^
SELECT CASE WHEN ok THEN 1 ELSE tags END FROM plays;
--^ error 42804: the results of CASE have no common type: ARRAY<STRING> and INT
--^   --> -c:1:26
--^ 1 | SELECT CASE WHEN ok THEN 1 ELSE tags END FROM plays;
--^   |                          ^
SELECT CAST(tags AS INT) FROM plays;
--^ error 42804: a value of type ARRAY<STRING> cannot be cast to INT
--^   --> -c:1:8
--^ 1 | SELECT CAST(tags AS INT) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^
SELECT CAST(ok AS DATE) FROM plays;
--^ error 42804: a value of type BOOLEAN cannot be cast to DATE
--^   --> -c:1:8
--^ 1 | SELECT CAST(ok AS DATE) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^
SELECT ARRAY[] FROM plays;
--^ error 42000: ARRAY[] needs at least one element
--^   --> -c:1:8
--^ 1 | SELECT ARRAY[] FROM plays;
--^   |        ^^^^^^^
SELECT ARRAY[1, tags] FROM plays;
--^ error 42804: the elements of ARRAY must all have one type
--^   --> -c:1:17
--^ 1 | SELECT ARRAY[1, tags] FROM plays;
--^   |                 ^^^^
SELECT MAP['a'] FROM plays;
--^ error 42601: MAP[..] needs a value for each key: this key has none
--^   --> -c:1:12
--^ 1 | SELECT MAP['a'] FROM plays;
--^   |            ^^^
SELECT MAP['a', 1, ok, 2] FROM plays;
--^ error 42804: the keys of MAP must all have one type
--^   --> -c:1:20
--^ 1 | SELECT MAP['a', 1, ok, 2] FROM plays;
--^   |                    ^^
SELECT MAP['a', 1, 'b', tags] FROM plays;
--^ error 42804: the values of MAP must all have one type
--^   --> -c:1:25
--^ 1 | SELECT MAP['a', 1, 'b', tags] FROM plays;
--^   |                         ^^^^
SELECT DESCRIPTOR(ts) FROM plays;
--^ error 42883: there is no function 'DESCRIPTOR'
--^   --> -c:1:8
--^ 1 | SELECT DESCRIPTOR(ts) FROM plays;
--^   |        ^^^^^^^^^^^^^^
SELECT id FROM plays WHERE id IN (SELECT id, name FROM people);
--^ error 42000: the sub-query of IN has 2 columns, not one
--^   --> -c:1:28
--^ 1 | SELECT id FROM plays WHERE id IN (SELECT id, name FROM people);
--^   |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays WHERE id IN (SELECT id FROM people) OR ok;
--^ error 0A000: IN with a sub-query is not supported yet
--^   --> -c:1:34
--^ 1 | SELECT id FROM plays WHERE id IN (SELECT id FROM people) OR ok;
--^   |                                  ^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays WHERE id IN (SELECT COUNT(*) FROM people WHERE people.id = plays.id);
--^ error 42000: aggregate COUNT cannot stand in SELECT
--^   --> -c:1:42
--^ 1 | SELECT id FROM plays WHERE id IN (SELECT COUNT(*) FROM people WHERE people.id = plays.id);
--^   |                                          ^^^^^^^^
SELECT id FROM plays WHERE EXISTS (SELECT id FROM people) OR ok;
--^ error 0A000: EXISTS that does not stand alone or beside AND is not supported yet
--^   --> -c:1:28
--^ 1 | SELECT id FROM plays WHERE EXISTS (SELECT id FROM people) OR ok;
--^   |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays WHERE EXISTS (SELECT id FROM people WHERE people.id = plays.idd);
--^ error 42703: there is no column 'idd' in plays
--^   --> -c:1:82
--^ 1 | SELECT id FROM plays WHERE EXISTS (SELECT id FROM people WHERE people.id = plays.idd);
--^   |                                                                                  ^^^
--^ hint: did you mean 'id'?
SELECT (SELECT MAX(id) FROM people) FROM plays;
--^ error 0A000: a scalar sub-query outside of WHERE is not supported yet
--^   --> -c:1:8
--^ 1 | SELECT (SELECT MAX(id) FROM people) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays WHERE id > (SELECT id FROM people);
--^ error 0A000: a scalar sub-query that may give several rows is not supported yet
--^   --> -c:1:33
--^ 1 | SELECT id FROM plays WHERE id > (SELECT id FROM people);
--^   |                                 ^^^^^^^^^^^^^^^^^^^^^^^
--^ hint: use an aggregate without GROUP BY: (SELECT MAX(x) FROM t)
SELECT id FROM plays WHERE id > (SELECT MAX(id), MIN(id) FROM people);
--^ error 42000: a scalar sub-query has 2 columns, not one
--^   --> -c:1:33
--^ 1 | SELECT id FROM plays WHERE id > (SELECT MAX(id), MIN(id) FROM people);
--^   |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT ARRAY(SELECT id FROM people);
--^ error 0A000: ARRAY of a sub-query is not supported yet
--^   --> -c:1:8
--^ 1 | SELECT ARRAY(SELECT id FROM people);
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT NULL FROM plays;
--^ error 42804: a NULL alone has no type
--^   --> -c:1:8
--^ 1 | SELECT NULL FROM plays;
--^   |        ^^^^
--^ hint: write CAST(NULL AS type)
CREATE VIEW nulls AS SELECT NULL AS n FROM plays;
--^ error 42804: a NULL alone has no type
--^   --> -c:1:29
--^ 1 | CREATE VIEW nulls AS SELECT NULL AS n FROM plays;
--^   |                             ^^^^
--^ hint: write CAST(NULL AS type)
SELECT id, COUNT(*) FROM plays GROUP BY kind;
--^ error 42000: column 'id' is neither in GROUP BY nor inside an aggregate
--^   --> -c:1:8
--^ 1 | SELECT id, COUNT(*) FROM plays GROUP BY kind;
--^   |        ^^
--^ hint: add 'id' to GROUP BY, or use MAX(id)
SELECT kind, id + 1 AS x FROM plays GROUP BY kind;
--^ error 42000: column 'id' is neither in GROUP BY nor inside an aggregate
--^   --> -c:1:14
--^ 1 | SELECT kind, id + 1 AS x FROM plays GROUP BY kind;
--^   |              ^^
--^ hint: add 'id' to GROUP BY, or use MAX(id)
SELECT kind, COUNT(*) FROM plays;
--^ error 42000: column 'kind' is neither in GROUP BY nor inside an aggregate
--^   --> -c:1:8
--^ 1 | SELECT kind, COUNT(*) FROM plays;
--^   |        ^^^^
--^ hint: add 'kind' to GROUP BY, or use MAX(kind)
SELECT COUNT(*) FROM plays WHERE COUNT(*) > 1;
--^ error 42000: aggregate COUNT cannot stand in WHERE
--^   --> -c:1:34
--^ 1 | SELECT COUNT(*) FROM plays WHERE COUNT(*) > 1;
--^   |                                  ^^^^^^^^
SELECT COUNT(*) FROM plays GROUP BY COUNT(*);
--^ error 42000: aggregate COUNT cannot stand in GROUP BY
--^   --> -c:1:37
--^ 1 | SELECT COUNT(*) FROM plays GROUP BY COUNT(*);
--^   |                                     ^^^^^^^^
SELECT SUM(COUNT(*)) FROM plays;
--^ error 42000: aggregates cannot be nested
--^   --> -c:1:12
--^ 1 | SELECT SUM(COUNT(*)) FROM plays;
--^   |            ^^^^^^^^
SELECT SUM() FROM plays;
--^ error 42883: SUM needs an argument
--^   --> -c:1:8
--^ 1 | SELECT SUM() FROM plays;
--^   |        ^^^^^
SELECT SUM(*) FROM plays;
--^ error 42883: SUM takes no *, only COUNT does
--^   --> -c:1:8
--^ 1 | SELECT SUM(*) FROM plays;
--^   |        ^^^^^^
SELECT SUM(kind) FROM plays;
--^ error 42883: no form of SUM takes (STRING)
--^   --> -c:1:8
--^ 1 | SELECT SUM(kind) FROM plays;
--^   |        ^^^^^^^^^
--^ hint: it can be called as SUM(NUMERIC)
SELECT COUNT(DISTINCT id, kind) FROM plays;
--^ error 0A000: DISTINCT over several arguments is not supported yet
--^   --> -c:1:8
--^ 1 | SELECT COUNT(DISTINCT id, kind) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^
SELECT UPPER(DISTINCT kind) FROM plays;
--^ error 42000: DISTINCT can stand only with an aggregate, which UPPER is not
--^   --> -c:1:8
--^ 1 | SELECT UPPER(DISTINCT kind) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^^^^
SELECT UPPER(kind) FILTER (WHERE ok) FROM plays;
--^ error 42000: FILTER can stand only with an aggregate, which UPPER is not
--^   --> -c:1:8
--^ 1 | SELECT UPPER(kind) FILTER (WHERE ok) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT LISTAGG(kind) WITHIN GROUP (ORDER BY id) FROM plays;
--^ error 0A000: WITHIN GROUP is not supported yet
--^   --> -c:1:8
--^ 1 | SELECT LISTAGG(kind) WITHIN GROUP (ORDER BY id) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays HAVING id > 1;
--^ error 42000: column 'id' is neither in GROUP BY nor inside an aggregate
--^   --> -c:1:8
--^ 1 | SELECT id FROM plays HAVING id > 1;
--^   |        ^^
--^ hint: add 'id' to GROUP BY, or use MAX(id)
SELECT kind FROM plays GROUP BY kind HAVING kind;
--^ error 42804: HAVING needs a BOOLEAN, but this is STRING
--^   --> -c:1:45
--^ 1 | SELECT kind FROM plays GROUP BY kind HAVING kind;
--^   |                                             ^^^^
SELECT id FROM plays UNION ALL SELECT id, kind FROM plays;
--^ error 42000: the two sides have 1 and 2 columns
--^   --> -c:1:22
--^ 1 | SELECT id FROM plays UNION ALL SELECT id, kind FROM plays;
--^   |                      ^^^^^
SELECT id FROM plays UNION ALL SELECT tags FROM plays;
--^ error 42804: column 1 has no common type: 'id' is BIGINT, 'tags' is ARRAY<STRING>
--^   --> -c:1:22
--^ 1 | SELECT id FROM plays UNION ALL SELECT tags FROM plays;
--^   |                      ^^^^^
SELECT id FROM plays INTERSECT SELECT id, name FROM people;
--^ error 42000: the two sides have 1 and 2 columns
--^   --> -c:1:22
--^ 1 | SELECT id FROM plays INTERSECT SELECT id, name FROM people;
--^   |                      ^^^^^^^^^
SELECT id FROM plays EXCEPT SELECT tags FROM plays;
--^ error 42804: column 1 has no common type: 'id' is BIGINT, 'tags' is ARRAY<STRING>
--^   --> -c:1:22
--^ 1 | SELECT id FROM plays EXCEPT SELECT tags FROM plays;
--^   |                      ^^^^^^
SELECT id FROM plays ORDER BY tags;
--^ error 42804: values of type ARRAY<STRING> have no order
--^   --> -c:1:31
--^ 1 | SELECT id FROM plays ORDER BY tags;
--^   |                               ^^^^
SELECT id FROM plays ORDER BY idd;
--^ error 42703: there is no column 'idd'
--^   --> -c:1:31
--^ 1 | SELECT id FROM plays ORDER BY idd;
--^   |                               ^^^
--^ hint: did you mean 'id'?
SELECT id FROM plays LIMIT 1.5;
--^ error 42000: LIMIT must be a whole number from 0 up
--^   --> -c:1:28
--^ 1 | SELECT id FROM plays LIMIT 1.5;
--^   |                            ^^^
SELECT id FROM plays LIMIT id;
--^ error 42703: there is no column 'id' here
--^   --> -c:1:28
--^ 1 | SELECT id FROM plays LIMIT id;
--^   |                            ^^
--^ hint: strings are written in single quotes
SELECT id FROM plays OFFSET -1;
--^ error 42000: OFFSET must be a whole number from 0 up
--^   --> -c:1:29
--^ 1 | SELECT id FROM plays OFFSET -1;
--^   |                             ^^
VALUES (1, 2), (3);
--^ error 42000: row 2 of VALUES has 1 column, the first has 2
--^   --> -c:1:16
--^ 1 | VALUES (1, 2), (3);
--^   |                ^^^
VALUES (1), (TRUE);
--^ error 42804: the values of column 1 have no common type
--^   --> -c:1:13
--^ 1 | VALUES (1), (TRUE);
--^   |             ^^^^^^
SELECT * FROM (VALUES (1, 2)) AS t (a);
--^ error 42000: 1 column name is given for 2 columns
--^   --> -c:1:34
--^ 1 | SELECT * FROM (VALUES (1, 2)) AS t (a);
--^   |                                  ^
WITH w AS (SELECT 1 AS x) SELECT y FROM w;
--^ error 42703: there is no column 'y'
--^   --> -c:1:34
--^ 1 | WITH w AS (SELECT 1 AS x) SELECT y FROM w;
--^   |                                  ^
--^ hint: columns here are x
WITH RECURSIVE w AS (SELECT 1 AS x) SELECT x FROM w;
--^ error 0A000: WITH RECURSIVE is not supported yet
--^   --> -c:1:6
--^ 1 | WITH RECURSIVE w AS (SELECT 1 AS x) SELECT x FROM w;
--^   |      ^^^^^^^^^
SELECT id FROM plays GROUP BY CUBE (id, kind, ts, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6);
--^ error 54000: GROUP BY has more than 256 grouping sets
--^   --> -c:1:31
--^ 1 | SELECT id FROM plays GROUP BY CUBE (id, kind, ts, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6);
--^   |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT kind FROM plays GROUP BY GROUPING SETS ((id), ());
--^ error 42000: column 'kind' is neither in GROUP BY nor inside an aggregate
--^   --> -c:1:8
--^ 1 | SELECT kind FROM plays GROUP BY GROUPING SETS ((id), ());
--^   |        ^^^^
--^ hint: add 'kind' to GROUP BY, or use MAX(kind)
SELECT id FROM plays GROUP BY ROLLUP (id + 0, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6, id + 7, id + 8, id + 9, id + 10, id + 11, id + 12, id + 13, id + 14, id + 15, id + 16, id + 17, id + 18, id + 19, id + 20, id + 21, id + 22, id + 23, id + 24, id + 25, id + 26, id + 27, id + 28, id + 29, id + 30, id + 31, id + 32);
--^ error 54000: GROUP BY with grouping sets has more than 32 keys
--^   --> -c:1:31
--^ 1 | SELECT id FROM plays GROUP BY ROLLUP (id + 0, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6, id + 7, id + 8, id + 9, id + 10, id + 11, id + 12, id + 13, id + 14, id + 15, id + 16, id + 17, id + 18, id + 19, id + 20, id + 21, id + 22, id + 23, id + 24, id + 25, id + 26, id + 27, id + 28, id + 29, id + 30, id + 31, id + 32);
--^   |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays QUALIFY id = 1;
--^ error 0A000: QUALIFY is not supported yet
--^   --> -c:1:30
--^ 1 | SELECT id FROM plays QUALIFY id = 1;
--^   |                              ^^^^^^
SELECT id FROM plays MATCH_RECOGNIZE (PATTERN (A) DEFINE A AS TRUE);
--^ error 0A000: MATCH_RECOGNIZE is not supported yet
--^   --> -c:1:22
--^ 1 | SELECT id FROM plays MATCH_RECOGNIZE (PATTERN (A) DEFINE A AS TRUE);
--^   |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id FROM plays TABLESAMPLE BERNOULLI (10);
--^ error 0A000: TABLESAMPLE is not supported yet
--^   --> -c:1:22
--^ 1 | SELECT id FROM plays TABLESAMPLE BERNOULLI (10);
--^   |                      ^^^^^^^^^^^
SELECT id FROM plays PIVOT (SUM(id) FOR kind IN ('a'));
--^ error 42601: syntax error at "(": expected ")" or ","
--^   --> -c:1:32
--^ 1 | SELECT id FROM plays PIVOT (SUM(id) FOR kind IN ('a'));
--^   |                                ^
SELECT id FROM plays, LATERAL TABLE(split(kind)) AS t (x);
--^ error 0A000: table function split is not supported yet
--^   --> -c:1:37
--^ 1 | SELECT id FROM plays, LATERAL TABLE(split(kind)) AS t (x);
--^   |                                     ^^^^^
--^ hint: there are TUMBLE, HOP and CUMULATE
SELECT id, x FROM plays CROSS JOIN UNNEST(kind) AS t (x);
--^ error 42804: UNNEST takes an ARRAY or a MAP, not STRING
--^   --> -c:1:43
--^ 1 | SELECT id, x FROM plays CROSS JOIN UNNEST(kind) AS t (x);
--^   |                                           ^^^^
SELECT id, x FROM plays CROSS JOIN UNNEST(tags, tags) AS t (x);
--^ error 0A000: UNNEST of several collections is not supported yet
--^   --> -c:1:36
--^ 1 | SELECT id, x FROM plays CROSS JOIN UNNEST(tags, tags) AS t (x);
--^   |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT id, x FROM plays LEFT JOIN UNNEST(tags) AS t (x) ON id > 3;
--^ error 0A000: LEFT JOIN UNNEST on a condition is not supported yet
--^   --> -c:1:60
--^ 1 | SELECT id, x FROM plays LEFT JOIN UNNEST(tags) AS t (x) ON id > 3;
--^   |                                                            ^^^^^^
SELECT id, x FROM plays RIGHT JOIN UNNEST(tags) AS t (x) ON TRUE;
--^ error 0A000: UNNEST in this join is not supported yet
--^   --> -c:1:19
--^ 1 | SELECT id, x FROM plays RIGHT JOIN UNNEST(tags) AS t (x) ON TRUE;
--^   |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT SUM(id) OVER (PARTITION BY kind ORDER BY ts) FROM plays;
--^ error 0A000: OVER is not supported yet
--^   --> -c:1:21
--^ 1 | SELECT SUM(id) OVER (PARTITION BY kind ORDER BY ts) FROM plays;
--^   |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT RANK() OVER (PARTITION BY kind ORDER BY ts) FROM plays;
--^ error 0A000: OVER is not supported yet
--^   --> -c:1:20
--^ 1 | SELECT RANK() OVER (PARTITION BY kind ORDER BY ts) FROM plays;
--^   |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT f(x => 1) FROM plays;
--^ error 0A000: an argument by name is not supported yet
--^   --> -c:1:10
--^ 1 | SELECT f(x => 1) FROM plays;
--^   |          ^
SELECT c.d.f(1) FROM plays;
--^ error 0A000: a function of a catalog is not supported yet
--^   --> -c:1:8
--^ 1 | SELECT c.d.f(1) FROM plays;
--^   |        ^^^^^
SELECT DAY FROM plays;
--^ error 42703: there is no column 'DAY'
--^   --> -c:1:8
--^ 1 | SELECT DAY FROM plays;
--^   |        ^^^
--^ hint: columns here are id, kind, secs, price, ts, place, tags, props, ok, raw
SELECT TUMBLE_START(ts, INTERVAL '1' DAY) FROM plays;
--^ error 42000: TUMBLE_START needs its window in GROUP BY
--^   --> -c:1:8
--^ 1 | SELECT TUMBLE_START(ts, INTERVAL '1' DAY) FROM plays;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT MAX(id) FROM (SELECT id FROM plays /*+ OPTIONS('number-of-rows' = 'x') */);
--^ error WR001: option 'number-of-rows' of connector 'datagen' must be a whole number, not 'x'
--^   --> -c:1:74
--^ 1 | SELECT MAX(id) FROM (SELECT id FROM plays /*+ OPTIONS('number-of-rows' = 'x') */);
--^   |                                                                          ^^^
SELECT * FROM (SELECT 1 AS a) /*+ OPTIONS('k' = 'v') */;
--^ error 42601: syntax error at "/*+": expected JOIN, WHERE, GROUP, ORDER or LIMIT
--^   --> -c:1:31
--^ 1 | SELECT * FROM (SELECT 1 AS a) /*+ OPTIONS('k' = 'v') */;
--^   |                               ^^^
