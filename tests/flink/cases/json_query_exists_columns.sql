-- JSON_QUERY with its wrappers and ON clauses, JSON_EXISTS, IS JSON, JSON_OBJECT, JSON_ARRAY. On columns: nothing can be folded while planning.
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
    c19 INT,
    c20 STRING,
    c21 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_json_query_exists.json', 'format' = 'json');

SELECT
    JSON_QUERY(c0, '$.a'),
    JSON_QUERY(c1, '$.a'),
    JSON_QUERY(c2, '$.a'),
    JSON_QUERY(c3, '$.a'),
    JSON_QUERY(c4, '$.a'),
    JSON_QUERY(c2, '$'),
    JSON_QUERY(c5, '$'),
    JSON_QUERY(c6, '$')
FROM args;

SELECT
    JSON_QUERY(c2, '$.b'),
    JSON_QUERY(c2, '$.a' WITH WRAPPER),
    JSON_QUERY(c2, '$.a' WITH UNCONDITIONAL WRAPPER),
    JSON_QUERY(c2, '$.a' WITH CONDITIONAL WRAPPER),
    JSON_QUERY(c2, '$.a' WITHOUT WRAPPER),
    JSON_QUERY(c1, '$.a' WITH WRAPPER),
    JSON_QUERY(c1, '$.a' WITH CONDITIONAL WRAPPER),
    JSON_QUERY(c0, '$.a' WITH CONDITIONAL WRAPPER)
FROM args;

SELECT
    JSON_QUERY(c7, '$[*].b'),
    JSON_QUERY(c7, '$[*].b' WITH WRAPPER),
    JSON_QUERY(c2, '$.b' NULL ON EMPTY),
    JSON_QUERY(c2, '$.b' EMPTY ARRAY ON EMPTY),
    JSON_QUERY(c2, '$.b' EMPTY OBJECT ON EMPTY),
    JSON_QUERY(c2, '$.b' ERROR ON EMPTY),
    JSON_QUERY(c8, '$.b'),
    JSON_QUERY(c8, '$.b' EMPTY ARRAY ON ERROR)
FROM args;

SELECT
    JSON_QUERY(c8, '$.b' EMPTY OBJECT ON ERROR),
    JSON_QUERY(c2, 'strict $.b' EMPTY ARRAY ON ERROR),
    JSON_QUERY(c9, '$.a' RETURNING ARRAY<STRING>),
    JSON_QUERY(c10, '$.a' RETURNING ARRAY<STRING>),
    JSON_QUERY(CAST(NULL AS STRING), c11),
    JSON_EXISTS(c2, '$.a'),
    JSON_EXISTS(c4, '$.a'),
    JSON_EXISTS(c2, '$.b')
FROM args;

SELECT
    JSON_EXISTS(c2, 'strict $.b'),
    JSON_EXISTS(c2, 'strict $.b' TRUE ON ERROR),
    JSON_EXISTS(c2, 'strict $.b' FALSE ON ERROR),
    JSON_EXISTS(c2, 'strict $.b' UNKNOWN ON ERROR),
    JSON_EXISTS(c12, '$.a[0]'),
    JSON_EXISTS(c8, '$.a')
FROM args;

SELECT
    JSON_EXISTS(c8, '$.a' TRUE ON ERROR),
    c14 IS JSON,
    c2 IS JSON OBJECT,
    c15 IS JSON ARRAY,
    c14 IS JSON SCALAR,
    c16 IS JSON,
    c17 IS JSON,
    c16 IS NOT JSON
FROM args;

SELECT
    JSON_ARRAY(c19, c18, CAST(NULL AS INT)),
    JSON_ARRAY(c19, CAST(NULL AS INT) NULL ON NULL),
    JSON_STRING(ROW(c19,c18)),
    JSON_STRING(MAP[c18,c19]),
    JSON_QUOTE(c20),
    JSON_UNQUOTE(c21)
FROM args;

-- These fail.
SELECT JSON_QUERY(c8, '$.b' ERROR ON ERROR) FROM args;
SELECT JSON_EXISTS(c2, 'strict $.b' ERROR ON ERROR) FROM args;
