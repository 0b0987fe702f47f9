-- CAST among DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 TIMESTAMP(3),
    c1 TIMESTAMP(3),
    c2 TIMESTAMP(6),
    c3 TIMESTAMP(6),
    c4 DATE,
    c5 TIME(0),
    c6 INT,
    c7 TIMESTAMP(0)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_cast_time_time.json', 'format' = 'json');

SELECT
    CAST(c0 AS DATE),
    CAST(c0 AS TIME),
    CAST(c0 AS TIME(3)),
    CAST(c1 AS TIMESTAMP(0)),
    CAST(c2 AS TIMESTAMP(3)),
    CAST(c3 AS TIMESTAMP(3)),
    CAST(c0 AS TIMESTAMP_LTZ(3)),
    CAST(CAST(c0 AS TIMESTAMP_LTZ(3)) AS DATE)
FROM args;

SELECT
    CAST(CAST(c0 AS TIMESTAMP_LTZ(3)) AS TIMESTAMP(3)),
    CAST(c4 AS TIMESTAMP(3)),
    CAST(c4 AS TIMESTAMP_LTZ(3)),
    CAST(c5 AS TIMESTAMP(3))
FROM args;

-- These fail.
SELECT CAST(c4 AS TIME) FROM args;
SELECT CAST(c5 AS DATE) FROM args;
SELECT CAST(c7 AS BIGINT) FROM args;
