-- JSON: every type, limits, empty and missing values, nested arrays, maps and rows.
CREATE TABLE types (
    b BOOLEAN, t TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, `dec` DECIMAL(10, 2), big DECIMAL(38, 0), c CHAR(3), v VARCHAR(5), st STRING,
    bi BINARY(2), `by` BYTES, dt DATE, tm TIME, ts TIMESTAMP(3), tl TIMESTAMP_LTZ(3),
    ar ARRAY<INT>, mp MAP<STRING, INT>, ro ROW<x INT, y STRING>, aro ARRAY<ROW<x INT, y STRING>>
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/types.json', 'format' = 'json');
SELECT * FROM types;
SELECT b, t, s, i, l, f, d FROM types;
SELECT `dec`, big, c, v, st FROM types;
SELECT bi, `by`, dt, tm, ts, tl FROM types;
SELECT ar, mp, ro, aro FROM types;
SELECT ro.x, ro.y, ar[1], mp['a'], aro[1].y, CARDINALITY(ar), CARDINALITY(mp) FROM types;
SELECT CAST(d AS STRING), CAST(`dec` AS STRING), CAST(dt AS STRING), CAST(tm AS STRING), CAST(ts AS STRING), CAST(tl AS STRING), CAST(`by` AS STRING) FROM types WHERE i <> 0;
SELECT CAST(ar AS STRING), CAST(mp AS STRING), CAST(ro AS STRING), CAST(aro AS STRING) FROM types;
