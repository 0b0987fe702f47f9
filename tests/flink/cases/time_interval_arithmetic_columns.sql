-- Times plus and minus intervals; month ends; differences of times. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 DATE,
    c1 DATE,
    c2 DATE,
    c3 DATE,
    c4 DATE,
    c5 TIMESTAMP(0),
    c6 TIMESTAMP(3),
    c7 TIMESTAMP(0),
    c8 TIMESTAMP(0),
    c9 TIME(0),
    c10 TIME(0),
    c11 TIME(0),
    c12 INT,
    c13 DATE,
    c14 TIMESTAMP(0),
    c15 TIMESTAMP(0),
    c16 DATE,
    c17 DATE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_time_interval_arithmetic.json', 'format' = 'json');

SELECT
    c0 + INTERVAL '1' DAY,
    c0 - INTERVAL '1' DAY,
    c1 + INTERVAL '1' MONTH,
    c2 + INTERVAL '1' MONTH,
    c3 - INTERVAL '1' MONTH,
    c4 + INTERVAL '1' YEAR,
    c0 + INTERVAL '1' HOUR,
    c0 + INTERVAL '25' HOUR
FROM args;

SELECT
    INTERVAL '1' DAY + c0,
    c5 + INTERVAL '1' DAY,
    c5 + INTERVAL '90' MINUTE,
    c5 - INTERVAL '1.5' SECOND,
    c6 + INTERVAL '1' SECOND,
    c7 + INTERVAL '1' MONTH,
    c5 + INTERVAL '1-02' YEAR TO MONTH,
    CAST(c5 AS TIMESTAMP_LTZ(3)) + INTERVAL '1' DAY
FROM args;

SELECT
    CAST(c8 AS TIMESTAMP_LTZ(3)) + INTERVAL '1' MONTH,
    c9 + INTERVAL '1' HOUR,
    c10 - INTERVAL '1' HOUR,
    c11 + INTERVAL '1' DAY,
    (c0 - c13) DAY,
    (c5 - c14) MINUTE,
    (c5 - c15) DAY TO SECOND,
    (c0 - c16) MONTH
FROM args;

SELECT
    c5 + CAST(NULL AS INTERVAL DAY),
    (c0, INTERVAL '1' DAY) OVERLAPS (c17, INTERVAL '1' DAY)
FROM args;

-- These fail.
SELECT c0 + c12 FROM args;
SELECT c0 - c13 FROM args;
SELECT c5 - c14 FROM args;
