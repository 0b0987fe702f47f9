-- JSON_VALUE: paths, RETURNING, ON EMPTY, ON ERROR, lax and strict, bad JSON. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 STRING,
    c1 STRING,
    c2 STRING,
    c3 STRING,
    c4 STRING,
    c5 STRING,
    c6 STRING,
    c7 STRING,
    c8 STRING,
    c9 STRING,
    c10 STRING,
    c11 STRING,
    c12 STRING,
    c13 STRING,
    c14 STRING,
    c15 STRING,
    c16 STRING,
    c17 STRING,
    c18 STRING,
    c19 STRING,
    c20 STRING,
    c21 STRING,
    c22 STRING,
    c23 STRING,
    c24 INT,
    c25 STRING,
    c26 STRING,
    c27 STRING,
    c28 STRING,
    c29 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_json_value.json', 'format' = 'json');

SELECT
    JSON_VALUE(c0, '$.a'),
    JSON_VALUE(c1, '$.a'),
    JSON_VALUE(c2, '$.a'),
    JSON_VALUE(c3, '$.a'),
    JSON_VALUE(c4, '$.a'),
    JSON_VALUE(c5, '$.a'),
    JSON_VALUE(c6, '$.a'),
    JSON_VALUE(c7, '$.a')
FROM args;

SELECT
    JSON_VALUE(c8, '$.a'),
    JSON_VALUE(c9, '$.a'),
    JSON_VALUE(c9, '$.a.b'),
    JSON_VALUE(c10, '$[''a b'']'),
    JSON_VALUE(c11, '$[1]'),
    JSON_VALUE(c11, '$[-1]')
FROM args;

SELECT
    JSON_VALUE(c11, '$[9]'),
    JSON_VALUE(c11, '$[0,1]'),
    JSON_VALUE(c11, '$[*]'),
    JSON_VALUE(c12, '$[*]'),
    JSON_VALUE(c13, '$.a[1].b'),
    JSON_VALUE(c13, '$.a[*].b'),
    JSON_VALUE(c13, '$..b'),
    JSON_VALUE(c0, '$')
FROM args;

SELECT
    JSON_VALUE(c14, '$'),
    JSON_VALUE(c15, '$'),
    JSON_VALUE(c0, '$.b'),
    JSON_VALUE(c0, 'lax $.b'),
    JSON_VALUE(c0, 'strict $.b'),
    JSON_VALUE(c0, 'strict $.b' DEFAULT 'e' ON ERROR),
    JSON_VALUE(c0, 'lax $.a'),
    JSON_VALUE(c0, 'a')
FROM args;

SELECT
    JSON_VALUE(c16, '$.a'),
    JSON_VALUE(c17, '$.a'),
    JSON_VALUE(c18, '$.a'),
    JSON_VALUE(c19, '$.a'),
    JSON_VALUE(c20, '$.a'),
    JSON_VALUE(c21, '$.a'),
    JSON_VALUE(c16, '$.a' NULL ON ERROR)
FROM args;

SELECT
    JSON_VALUE(c16, '$.a' DEFAULT 'd' ON ERROR),
    JSON_VALUE(c0, '$.b' NULL ON EMPTY),
    JSON_VALUE(c0, '$.b' ERROR ON EMPTY),
    JSON_VALUE(c0, '$.b' DEFAULT 'd' ON EMPTY),
    JSON_VALUE(c0, 'lax $.b' DEFAULT 'd' ON EMPTY DEFAULT 'e' ON ERROR),
    JSON_VALUE(c6, '$.a' DEFAULT 'd' ON EMPTY),
    JSON_VALUE(c8, 'lax $.a' DEFAULT 'd' ON EMPTY DEFAULT 'e' ON ERROR),
    JSON_VALUE(c8, 'strict $.a' DEFAULT 'd' ON EMPTY DEFAULT 'e' ON ERROR)
FROM args;

SELECT
    JSON_VALUE(c0, '$.a' RETURNING INTEGER),
    JSON_VALUE(c5, '$.a' RETURNING BOOLEAN),
    JSON_VALUE(c26, '$.a' RETURNING DOUBLE),
    JSON_VALUE(c0, '$.a' RETURNING STRING),
    JSON_VALUE(c6, '$.a' RETURNING INTEGER),
    JSON_VALUE(CAST(NULL AS STRING), c28),
    JSON_VALUE(c29, '$.a')
FROM args;

-- These fail.
SELECT JSON_VALUE(c16, '$.a' ERROR ON ERROR) FROM args;
