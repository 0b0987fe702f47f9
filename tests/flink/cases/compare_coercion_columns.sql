-- Comparison among unlike types, BETWEEN, IN, IS DISTINCT FROM, three-valued logic. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 INT,
    c1 STRING,
    c2 STRING,
    c3 STRING,
    c4 STRING,
    c5 STRING,
    c6 INT,
    c7 DECIMAL(2,1),
    c8 STRING,
    c9 STRING,
    c10 DATE,
    c11 TIMESTAMP(0),
    c12 TIMESTAMP(0),
    c13 STRING,
    c14 TIMESTAMP(3),
    c15 TIMESTAMP(0),
    c16 TIME(0),
    c17 TIME(0),
    c18 STRING,
    c19 BOOLEAN,
    c20 STRING,
    c21 BOOLEAN,
    c22 STRING,
    c23 STRING,
    c24 STRING,
    c25 STRING,
    c26 STRING,
    c27 STRING,
    c28 INT,
    c29 INT,
    c30 INT,
    c31 STRING,
    c32 DECIMAL(2,1),
    c33 DECIMAL(2,1)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_compare_coercion.json', 'format' = 'json');

SELECT
    c0 = CAST(c0 AS BIGINT),
    c0 < c3,
    c4 < c5,
    c6 < c5,
    c9 = c10,
    c11 = c13,
    c11 = c14,
    c11 < CAST(c15 AS TIMESTAMP_LTZ(3))
FROM args;

SELECT
    c16 < c17,
    c16 = c18,
    c19 > c21,
    c22 = c23,
    CAST(c22 AS CHAR(3)) = c22,
    CAST(c22 AS CHAR(3)) = CAST(c22 AS VARCHAR(3)),
    c22 < c24,
    c25 > c26
FROM args;

SELECT
    c27 < c22,
    ARRAY[c0,c28] = ARRAY[c0,c28],
    MAP[c22,c0] = MAP[c22,c0],
    ROW(c0,c22) = ROW(c0,c22),
    (c0,c28) = (c0,c29),
    CAST(NULL AS INT) = c0,
    CAST(NULL AS INT) <> c0,
    c0 <> c28
FROM args;

SELECT
    c0 IS NOT NULL,
    c0 IS DISTINCT FROM CAST(NULL AS INT),
    c0 IS NOT DISTINCT FROM c0,
    c0 IS NOT DISTINCT FROM CAST(NULL AS INT),
    c28 BETWEEN c0 AND c29,
    c28 BETWEEN c29 AND c0,
    c28 BETWEEN SYMMETRIC c29 AND c0,
    c28 BETWEEN ASYMMETRIC c29 AND c0
FROM args;

SELECT
    c28 NOT BETWEEN c29 AND c30,
    c28 BETWEEN CAST(NULL AS INT) AND c0,
    c28 BETWEEN CAST(NULL AS INT) AND c29,
    CAST(NULL AS INT) BETWEEN c0 AND c29,
    c0 IN (c0, c28),
    c29 IN (c0, c28),
    c0 IN (c0, CAST(NULL AS INT)),
    c29 IN (c0, CAST(NULL AS INT))
FROM args;

SELECT
    c29 NOT IN (c0, CAST(NULL AS INT)),
    c0 NOT IN (c0, CAST(NULL AS INT)),
    CAST(NULL AS INT) IN (c0, c28),
    c0 IN (c0, NULL),
    c29 IN (c0, NULL),
    c22 IN (c22, c31),
    c0 IN (c32, c33),
    c0 IN (c1, c3)
FROM args;

SELECT
    c32 IN (c0, c28),
    c19 AND CAST(NULL AS BOOLEAN),
    c21 AND CAST(NULL AS BOOLEAN),
    c19 OR CAST(NULL AS BOOLEAN),
    c21 OR CAST(NULL AS BOOLEAN),
    c19 IS UNKNOWN,
    c19 IS NOT UNKNOWN,
    c21 IS FALSE
FROM args;

SELECT
    NOT c19 = c21,
    NOT c0 = c28,
    c0 = c0 = c19
FROM args;

-- These fail.
SELECT c0 = c1 FROM args;
SELECT c1 = c0 FROM args;
SELECT c2 = c0 FROM args;
SELECT c7 = c8 FROM args;
SELECT c10 < c11 FROM args;
SELECT c12 = c10 FROM args;
SELECT c19 = c0 FROM args;
SELECT ARRAY[c0,c28] < ARRAY[c0,c29] FROM args;
SELECT ROW(c0,c28) < ROW(c0,c29) FROM args;
SELECT c0 AND c19 FROM args;
