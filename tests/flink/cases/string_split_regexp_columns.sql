-- SPLIT_INDEX (0-based), REGEXP_EXTRACT, REGEXP_REPLACE, REGEXP and their bounds. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 STRING,
    c1 STRING,
    c2 INT,
    c3 INT,
    c4 INT,
    c5 INT,
    c6 STRING,
    c7 INT,
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
    c18 INT,
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
    c47 STRING,
    c48 STRING,
    c49 STRING,
    c50 STRING,
    c51 STRING,
    c52 STRING,
    c53 STRING,
    c54 STRING,
    c55 STRING,
    c56 STRING,
    c57 STRING,
    c58 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_string_split_regexp.json', 'format' = 'json');

SELECT
    SPLIT_INDEX(c0, c1, c2),
    SPLIT_INDEX(c0, c1, c3),
    SPLIT_INDEX(c0, c1, c4),
    SPLIT_INDEX(c0, c1, c5),
    SPLIT_INDEX(c6, c1, c7),
    SPLIT_INDEX(c8, c1, c2),
    SPLIT_INDEX(c9, c1, c7),
    SPLIT_INDEX(c10, c1, c2)
FROM args;

SELECT
    SPLIT_INDEX(c11, c10, c2),
    SPLIT_INDEX(c11, c1, c2),
    SPLIT_INDEX(c12, c13, c7),
    SPLIT_INDEX(c14, c13, c2),
    SPLIT_INDEX(c15, c16, c7),
    SPLIT_INDEX(c17, c18, c7),
    SPLIT_INDEX(CAST(NULL AS STRING), c1, c2),
    SPLIT_INDEX(c19, CAST(NULL AS STRING), c2)
FROM args;

SELECT
    SPLIT_INDEX(c19, c1, CAST(NULL AS INT)),
    REGEXP_EXTRACT(c20, c21, c3),
    REGEXP_EXTRACT(c20, c21, c7),
    REGEXP_EXTRACT(c20, c21, c2),
    REGEXP_EXTRACT(c20, c21),
    REGEXP_EXTRACT(c20, c21, c4),
    REGEXP_EXTRACT(c20, c21, c5),
    REGEXP_EXTRACT(c20, c22, c2)
FROM args;

SELECT
    REGEXP_EXTRACT(c20, c23, c7),
    REGEXP_EXTRACT(c10, c24, c2),
    REGEXP_EXTRACT(c20, c25, c2),
    REGEXP_EXTRACT(CAST(NULL AS STRING), c26, c2),
    REGEXP_EXTRACT(c11, CAST(NULL AS STRING), c2),
    REGEXP_EXTRACT(c27, c28, c3),
    REGEXP_EXTRACT(c29, c30, c7),
    REGEXP_REPLACE(c31, c32, c10)
FROM args;

SELECT
    REGEXP_REPLACE(c31, c33, c34),
    REGEXP_REPLACE(c31, c35, c36),
    REGEXP_REPLACE(c31, c37, c38),
    REGEXP_REPLACE(c31, c10, c39),
    REGEXP_REPLACE(c31, c25, c38),
    REGEXP_REPLACE(c31, c33, c40),
    REGEXP_REPLACE(c31, c33, c41),
    REGEXP_REPLACE(c15, c42, c43)
FROM args;

SELECT
    REGEXP_REPLACE(CAST(NULL AS STRING), c33, c38),
    REGEXP_REPLACE(c31, CAST(NULL AS STRING), c38),
    REGEXP_REPLACE(c31, c33, CAST(NULL AS STRING)),
    REGEXP(c31, c44),
    REGEXP(c31, c45),
    REGEXP(c31, c25),
    REGEXP(c10, c10),
    REGEXP_COUNT(c46, c47)
FROM args;

SELECT
    REGEXP_EXTRACT_ALL(c48, c49, c7),
    REGEXP_INSTR(c50, c51),
    REGEXP_SUBSTR(c50, c51),
    STR_TO_MAP(c52),
    PARSE_URL(c53, c54),
    PARSE_URL(c53, c55, c56),
    URL_ENCODE(c57),
    URL_DECODE(c58)
FROM args;

