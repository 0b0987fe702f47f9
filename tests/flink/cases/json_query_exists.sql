-- JSON_QUERY with its wrappers and ON clauses, JSON_EXISTS, IS JSON, JSON_OBJECT, JSON_ARRAY.
SELECT
    JSON_QUERY('{"a":{"b":1}}', '$.a'),
    JSON_QUERY('{"a":[1,2]}', '$.a'),
    JSON_QUERY('{"a":1}', '$.a'),
    JSON_QUERY('{"a":"x"}', '$.a'),
    JSON_QUERY('{"a":null}', '$.a'),
    JSON_QUERY('{"a":1}', '$'),
    JSON_QUERY('{ "a" : [ 1 , 2 ] }', '$'),
    JSON_QUERY('{"b":1,"a":1.50}', '$');

SELECT
    JSON_QUERY('{"a":1}', '$.b'),
    JSON_QUERY('{"a":1}', '$.a' WITH WRAPPER),
    JSON_QUERY('{"a":1}', '$.a' WITH UNCONDITIONAL WRAPPER),
    JSON_QUERY('{"a":1}', '$.a' WITH CONDITIONAL WRAPPER),
    JSON_QUERY('{"a":1}', '$.a' WITHOUT WRAPPER),
    JSON_QUERY('{"a":[1,2]}', '$.a' WITH WRAPPER),
    JSON_QUERY('{"a":[1,2]}', '$.a' WITH CONDITIONAL WRAPPER),
    JSON_QUERY('{"a":{"b":1}}', '$.a' WITH CONDITIONAL WRAPPER);

SELECT
    JSON_QUERY('[{"b":1},{"b":2}]', '$[*].b'),
    JSON_QUERY('[{"b":1},{"b":2}]', '$[*].b' WITH WRAPPER),
    JSON_QUERY('{"a":1}', '$.b' NULL ON EMPTY),
    JSON_QUERY('{"a":1}', '$.b' EMPTY ARRAY ON EMPTY),
    JSON_QUERY('{"a":1}', '$.b' EMPTY OBJECT ON EMPTY),
    JSON_QUERY('{"a":1}', '$.b' ERROR ON EMPTY),
    JSON_QUERY('not json', '$.b'),
    JSON_QUERY('not json', '$.b' EMPTY ARRAY ON ERROR);

SELECT
    JSON_QUERY('not json', '$.b' EMPTY OBJECT ON ERROR),
    JSON_QUERY('{"a":1}', 'strict $.b' EMPTY ARRAY ON ERROR),
    JSON_QUERY('{"a":["x","y"]}', '$.a' RETURNING ARRAY<STRING>),
    JSON_QUERY('{"a":[1,null]}', '$.a' RETURNING ARRAY<STRING>),
    JSON_QUERY(CAST(NULL AS STRING), '$.a'),
    JSON_EXISTS('{"a":1}', '$.a'),
    JSON_EXISTS('{"a":null}', '$.a'),
    JSON_EXISTS('{"a":1}', '$.b');

SELECT
    JSON_EXISTS('{"a":1}', 'strict $.b'),
    JSON_EXISTS('{"a":1}', 'strict $.b' TRUE ON ERROR),
    JSON_EXISTS('{"a":1}', 'strict $.b' FALSE ON ERROR),
    JSON_EXISTS('{"a":1}', 'strict $.b' UNKNOWN ON ERROR),
    JSON_EXISTS('{"a":[]}', '$.a[0]'),
    JSON_EXISTS('not json', '$.a');

SELECT
    JSON_EXISTS('not json', '$.a' TRUE ON ERROR),
    JSON_EXISTS(CAST(NULL AS STRING), '$.a'),
    '1' IS JSON,
    '{"a":1}' IS JSON OBJECT,
    '[1]' IS JSON ARRAY,
    '1' IS JSON SCALAR,
    'x' IS JSON,
    '' IS JSON;

SELECT
    CAST(NULL AS STRING) IS JSON,
    'x' IS NOT JSON,
    JSON_OBJECT('a' VALUE 1, 'b' VALUE 'x'),
    JSON_OBJECT('a' VALUE CAST(NULL AS INT)),
    JSON_OBJECT('a' VALUE CAST(NULL AS INT) ABSENT ON NULL),
    JSON_ARRAY(1, 'a', CAST(NULL AS INT)),
    JSON_ARRAY(1, CAST(NULL AS INT) NULL ON NULL),
    JSON_STRING(ROW(1,'a'));

SELECT
    JSON_STRING(MAP['a',1]),
    JSON_QUOTE('a"b'),
    JSON_UNQUOTE('"a"');

-- These fail.
SELECT JSON_QUERY('not json', '$.b' ERROR ON ERROR);
SELECT JSON_EXISTS('{"a":1}', 'strict $.b' ERROR ON ERROR);
