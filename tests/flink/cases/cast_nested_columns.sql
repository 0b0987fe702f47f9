-- CAST of ARRAY, MAP and ROW, element by element. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 INT,
    c1 INT,
    c2 STRING,
    c3 STRING,
    c4 STRING,
    c5 INT,
    c6 STRING,
    c7 STRING,
    c8 STRING,
    c9 DECIMAL(2,1),
    c10 DECIMAL(2,1)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_cast_nested.json', 'format' = 'json');

SELECT
    CAST(ARRAY[c0,c1] AS ARRAY<BIGINT>),
    CAST(ARRAY[c2,c3] AS ARRAY<INT>),
    TRY_CAST(ARRAY[c2,c4] AS ARRAY<INT>),
    CAST(MAP[c2,c1] AS MAP<INT,STRING>),
    CAST(ROW(c0,c3) AS ROW<a STRING, b INT>),
    CAST(ROW(c0,c1,c5) AS ROW<a INT, b BIGINT, c STRING>),
    CAST(ARRAY[ROW(c0,c6),ROW(c1,c7)] AS ARRAY<ROW<n INT, s STRING>>),
    CAST(ARRAY[c9,c10] AS ARRAY<INT>)
FROM args;

-- These fail.
SELECT CAST(ARRAY[c2,c4] AS ARRAY<INT>) FROM args;
SELECT CAST(ROW(c0,c3) AS ROW<a STRING>) FROM args;
