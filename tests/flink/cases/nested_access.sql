-- ARRAY, MAP and ROW: constructors, element, key and field access, CARDINALITY, bounds.
SELECT
    ARRAY[1,2,3][1],
    ARRAY[1,2,3][3],
    ARRAY[1,2,3][CAST(NULL AS INT)],
    CAST(NULL AS ARRAY<INT>)[1],
    ARRAY['a','bcd'][1],
    ARRAY[1,2.5],
    ARRAY[1,CAST(NULL AS INT)],
    ARRAY[ARRAY[1,2],ARRAY[3]][2][1];

SELECT
    CARDINALITY(ARRAY[1,2,3]),
    CARDINALITY(MAP['a',1]),
    CARDINALITY(CAST(NULL AS ARRAY<INT>)),
    ELEMENT(ARRAY[5]),
    MAP['a',1,'b',2]['a'],
    MAP['a',1][CAST(NULL AS STRING)],
    MAP[1,'x'][1],
    MAP['a',1,'a',2];

SELECT
    MAP['a',CAST(NULL AS INT)],
    ROW(1,'a').EXPR$0,
    CAST(ROW(1,'a') AS ROW<x INT, y STRING>).x,
    CAST(NULL AS ROW<x INT, y STRING>).x,
    ROW(1, ROW(2, 3)),
    (1, 'a'),
    ARRAY[ROW(1,'a')][1],
    MAP[ROW(1,2), 'a'];

SELECT
    MAP_KEYS(MAP['a',1]),
    MAP_VALUES(MAP['a',1]),
    ARRAY_CONTAINS(ARRAY[1,2], 2),
    ARRAY_CONTAINS(ARRAY[1,CAST(NULL AS INT)], CAST(NULL AS INT)),
    ARRAY_JOIN(ARRAY['a','b'], '-'),
    ARRAY_SORT(ARRAY[3,1,2]),
    ARRAY_DISTINCT(ARRAY[1,1,2]),
    SPLIT('a,b', ',');

-- These fail.
SELECT ARRAY[1,'a'];
SELECT ELEMENT(ARRAY[1,2]);
SELECT MAP['a'];
SELECT CAST(ROW(1,'a') AS ROW<x INT, y STRING>).z;
SELECT ROW();
SELECT CURRENT_WATERMARK(TIMESTAMP '2026-05-04 10:00:00');
