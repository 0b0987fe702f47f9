-- JSON_VALUE: paths, RETURNING, ON EMPTY, ON ERROR, lax and strict, bad JSON.
SELECT
    JSON_VALUE('{"a":1}', '$.a'),
    JSON_VALUE('{"a":"x"}', '$.a'),
    JSON_VALUE('{"a":1.50}', '$.a'),
    JSON_VALUE('{"a":1e3}', '$.a'),
    JSON_VALUE('{"a":12345678901234567890}', '$.a'),
    JSON_VALUE('{"a":true}', '$.a'),
    JSON_VALUE('{"a":null}', '$.a'),
    JSON_VALUE('{"a":""}', '$.a');

SELECT
    JSON_VALUE('{"a":[1]}', '$.a'),
    JSON_VALUE('{"a":{"b":1}}', '$.a'),
    JSON_VALUE('{"a":{"b":1}}', '$.a.b'),
    JSON_VALUE('{"a b":1}', '$[''a b'']'),
    JSON_VALUE('[10,20,30]', '$[1]'),
    JSON_VALUE('[10,20,30]', '$[-1]');

SELECT
    JSON_VALUE('[10,20,30]', '$[9]'),
    JSON_VALUE('[10,20,30]', '$[0,1]'),
    JSON_VALUE('[10,20,30]', '$[*]'),
    JSON_VALUE('[10]', '$[*]'),
    JSON_VALUE('{"a":[{"b":1},{"b":2}]}', '$.a[1].b'),
    JSON_VALUE('{"a":[{"b":1},{"b":2}]}', '$.a[*].b'),
    JSON_VALUE('{"a":[{"b":1},{"b":2}]}', '$..b'),
    JSON_VALUE('{"a":1}', '$');

SELECT
    JSON_VALUE('5', '$'),
    JSON_VALUE('"x"', '$'),
    JSON_VALUE('{"a":1}', '$.b'),
    JSON_VALUE('{"a":1}', 'lax $.b'),
    JSON_VALUE('{"a":1}', 'strict $.b'),
    JSON_VALUE('{"a":1}', 'strict $.b' DEFAULT 'e' ON ERROR),
    JSON_VALUE('{"a":1}', 'lax $.a'),
    JSON_VALUE('{"a":1}', 'a');

SELECT
    JSON_VALUE('not json', '$.a'),
    JSON_VALUE('', '$.a'),
    JSON_VALUE('{"a":1', '$.a'),
    JSON_VALUE('{"a":1} trailing', '$.a'),
    JSON_VALUE('{''a'':1}', '$.a'),
    JSON_VALUE('{"a":1,"a":2}', '$.a'),
    JSON_VALUE('not json', '$.a' NULL ON ERROR);

SELECT
    JSON_VALUE('not json', '$.a' DEFAULT 'd' ON ERROR),
    JSON_VALUE('{"a":1}', '$.b' NULL ON EMPTY),
    JSON_VALUE('{"a":1}', '$.b' ERROR ON EMPTY),
    JSON_VALUE('{"a":1}', '$.b' DEFAULT 'd' ON EMPTY),
    JSON_VALUE('{"a":1}', 'lax $.b' DEFAULT 'd' ON EMPTY DEFAULT 'e' ON ERROR),
    JSON_VALUE('{"a":null}', '$.a' DEFAULT 'd' ON EMPTY),
    JSON_VALUE('{"a":[1]}', 'lax $.a' DEFAULT 'd' ON EMPTY DEFAULT 'e' ON ERROR),
    JSON_VALUE('{"a":[1]}', 'strict $.a' DEFAULT 'd' ON EMPTY DEFAULT 'e' ON ERROR);

SELECT
    JSON_VALUE('{"a":1}', '$.a' RETURNING INTEGER),
    JSON_VALUE('{"a":true}', '$.a' RETURNING BOOLEAN),
    JSON_VALUE('{"a":1.5}', '$.a' RETURNING DOUBLE),
    JSON_VALUE('{"a":1}', '$.a' RETURNING STRING),
    JSON_VALUE('{"a":null}', '$.a' RETURNING INTEGER),
    JSON_VALUE(CAST(NULL AS STRING), '$.a'),
    JSON_VALUE('{"a":"\u00e9\n"}', '$.a');

-- These fail.
SELECT JSON_VALUE('not json', '$.a' ERROR ON ERROR);
