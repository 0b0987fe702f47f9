-- LIKE with %, _, ESCAPE; SIMILAR TO; NULL; no match across case. On columns: nothing can be folded while planning.
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
    c24 STRING,
    c25 STRING,
    c26 STRING,
    c27 STRING,
    c28 STRING,
    c29 STRING,
    c30 STRING,
    c31 STRING,
    c32 STRING,
    c33 STRING,
    c34 STRING,
    c35 STRING,
    c36 STRING,
    c37 STRING,
    c38 STRING,
    c39 STRING,
    c40 STRING,
    c41 STRING,
    c42 STRING,
    c43 STRING,
    c44 STRING,
    c45 STRING,
    c46 STRING,
    c47 INT,
    c48 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_like_similar.json', 'format' = 'json');

SELECT
    c0 LIKE c1,
    c0 LIKE c2,
    c0 LIKE c3,
    c0 LIKE c0,
    c0 LIKE c4,
    c0 LIKE c5,
    c6 LIKE c5,
    c6 LIKE c6
FROM args;

SELECT
    c6 LIKE c7,
    c8 LIKE c0,
    c0 LIKE c9,
    c0 LIKE c10,
    c0 LIKE c11,
    c12 LIKE c13,
    c12 LIKE c14 ESCAPE '!',
    c15 LIKE c14 ESCAPE '!'
FROM args;

SELECT
    c16 LIKE c17 ESCAPE '!',
    c18 LIKE c17 ESCAPE '!',
    c19 LIKE c20 ESCAPE '!',
    E'a\nb' LIKE c23,
    c24 LIKE c25,
    c26 LIKE c7,
    c27 LIKE c27,
    c28 LIKE c27
FROM args;

SELECT
    c29 LIKE c30,
    c31 LIKE c31,
    c0 NOT LIKE c1,
    CAST(NULL AS STRING) LIKE c21,
    c21 LIKE CAST(NULL AS STRING),
    c0 SIMILAR TO c32,
    c0 SIMILAR TO c33,
    c0 SIMILAR TO c3
FROM args;

SELECT
    c0 SIMILAR TO c34,
    c0 SIMILAR TO c35,
    c0 SIMILAR TO c36,
    c0 SIMILAR TO c37,
    c38 SIMILAR TO c39,
    c40 SIMILAR TO c40,
    c0 SIMILAR TO c40,
    c41 SIMILAR TO c42
FROM args;

SELECT
    c21 SIMILAR TO c43,
    c44 SIMILAR TO c45 ESCAPE '!',
    c0 NOT SIMILAR TO c33,
    CAST(NULL AS STRING) SIMILAR TO c21
FROM args;

-- These fail.
SELECT c19 LIKE c19 ESCAPE '!' FROM args;
SELECT c21 LIKE c22 ESCAPE '!' FROM args;
SELECT c21 LIKE c21 ESCAPE 'xx' FROM args;
SELECT c21 SIMILAR TO c46 FROM args;
SELECT c47 LIKE c48 FROM args;
