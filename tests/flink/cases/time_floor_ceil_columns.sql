-- FLOOR and CEIL of times TO a unit; weeks start where; negative epochs. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 TIMESTAMP(3),
    c1 TIMESTAMP(0),
    c2 TIMESTAMP(0),
    c3 TIMESTAMP(1),
    c4 DATE,
    c5 DATE,
    c6 TIME(0),
    c7 TIMESTAMP(0)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_time_floor_ceil.json', 'format' = 'json');

SELECT
    FLOOR(c0 TO MILLENNIUM),
    FLOOR(c0 TO CENTURY),
    FLOOR(c0 TO DECADE),
    FLOOR(c0 TO YEAR),
    FLOOR(c0 TO QUARTER),
    FLOOR(c0 TO MONTH),
    FLOOR(c0 TO WEEK),
    FLOOR(c0 TO DAY)
FROM args;

SELECT
    FLOOR(c0 TO HOUR),
    FLOOR(c0 TO MINUTE),
    FLOOR(c0 TO SECOND),
    FLOOR(c0 TO MILLISECOND),
    CEIL(c0 TO MILLENNIUM),
    CEIL(c0 TO CENTURY),
    CEIL(c0 TO DECADE),
    CEIL(c0 TO YEAR)
FROM args;

SELECT
    CEIL(c0 TO QUARTER),
    CEIL(c0 TO MONTH),
    CEIL(c0 TO WEEK),
    CEIL(c0 TO DAY),
    CEIL(c0 TO HOUR),
    CEIL(c0 TO MINUTE),
    CEIL(c0 TO SECOND),
    CEIL(c1 TO HOUR)
FROM args;

SELECT
    FLOOR(c2 TO WEEK),
    FLOOR(c3 TO DAY),
    FLOOR(c3 TO SECOND),
    CEIL(c3 TO DAY),
    FLOOR(c4 TO YEAR),
    FLOOR(c4 TO QUARTER),
    FLOOR(c4 TO MONTH),
    FLOOR(c4 TO WEEK)
FROM args;

SELECT
    FLOOR(c4 TO DAY),
    CEIL(c4 TO YEAR),
    CEIL(c4 TO MONTH),
    CEIL(c4 TO WEEK),
    CEIL(c5 TO MONTH),
    FLOOR(c6 TO HOUR),
    FLOOR(c6 TO MINUTE),
    CEIL(c6 TO HOUR)
FROM args;

SELECT
    CEIL(c6 TO MINUTE),
    FLOOR(CAST(c7 AS TIMESTAMP_LTZ(3)) TO DAY),
    FLOOR(CAST(c7 AS TIMESTAMP_LTZ(3)) TO HOUR),
    CEIL(CAST(c7 AS TIMESTAMP_LTZ(3)) TO MONTH)
FROM args;

