-- ARRAY, MAP and ROW: constructors, element, key and field access, CARDINALITY, bounds. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 INT,
    c1 INT,
    c2 INT,
    c3 INT,
    c4 INT,
    c5 INT,
    c6 STRING,
    c7 STRING,
    c8 DECIMAL(2,1),
    c9 INT,
    c10 STRING,
    c11 STRING,
    c12 STRING,
    c13 STRING,
    c14 STRING,
    c15 STRING,
    c16 STRING,
    c17 STRING,
    c18 TIMESTAMP(0)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_nested_access.json', 'format' = 'json');

SELECT
    ARRAY[c0,c1,c2][c0],
    ARRAY[c0,c1,c2][c2],
    ARRAY[c0,c1,c2][c3],
    ARRAY[c0,c1,c2][c4],
    ARRAY[c0,c1,c2][c5],
    ARRAY[c0,c1,c2][CAST(NULL AS INT)],
    CAST(NULL AS ARRAY<INT>)[c0],
    ARRAY[c6,c7][c0]
FROM args;

SELECT
    ARRAY[c0,c8],
    ARRAY[c0,CAST(NULL AS INT)],
    ARRAY[ARRAY[c0,c1],ARRAY[c2]][c1][c0],
    CARDINALITY(ARRAY[c0,c1,c2]),
    CARDINALITY(MAP[c6,c0]),
    ELEMENT(ARRAY[c9]),
    MAP[c6,c0,c10,c1][c6],
    MAP[c6,c0][c11]
FROM args;

SELECT
    MAP[c6,c0][CAST(NULL AS STRING)],
    MAP[c0,c12][c0],
    MAP[c6,c0,c6,c1],
    MAP[c6,CAST(NULL AS INT)],
    MAP[c6,c0,c13,c1][c14],
    ROW(c0,c6).EXPR$0,
    CAST(ROW(c0,c6) AS ROW<x INT, y STRING>).x,
    ROW(c0, ROW(c1, c2))
FROM args;

SELECT
    (c0, c6),
    ARRAY[ROW(c0,c6)][c0],
    MAP[ROW(c0,c1), c6],
    MAP_KEYS(MAP[c6,c0]),
    MAP_VALUES(MAP[c6,c0]),
    ARRAY_CONTAINS(ARRAY[c0,c1], c1),
    ARRAY_CONTAINS(ARRAY[c0,CAST(NULL AS INT)], CAST(NULL AS INT)),
    ARRAY_JOIN(ARRAY[c6,c10], c15)
FROM args;

SELECT
    ARRAY_SORT(ARRAY[c2,c0,c1]),
    ARRAY_DISTINCT(ARRAY[c0,c0,c1]),
    SPLIT(c16, c17)
FROM args;

-- These fail.
SELECT ARRAY[c0,c6] FROM args;
SELECT ELEMENT(ARRAY[c0,c1]) FROM args;
SELECT MAP[c6] FROM args;
SELECT CAST(ROW(c0,c6) AS ROW<x INT, y STRING>).z FROM args;
SELECT CURRENT_WATERMARK(c18) FROM args;
