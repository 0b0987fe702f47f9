-- SPLIT_INDEX (0-based), REGEXP_EXTRACT, REGEXP_REPLACE, REGEXP and their bounds.
SELECT
    SPLIT_INDEX('a,b,c', ',', 0),
    SPLIT_INDEX('a,b,c', ',', 2),
    SPLIT_INDEX('a,b,c', ',', 3),
    SPLIT_INDEX('a,b,c', ',', -1),
    SPLIT_INDEX('a,,c', ',', 1),
    SPLIT_INDEX(',a', ',', 0),
    SPLIT_INDEX('a,', ',', 1),
    SPLIT_INDEX('', ',', 0);

SELECT
    SPLIT_INDEX('abc', '', 0),
    SPLIT_INDEX('abc', ',', 0),
    SPLIT_INDEX('a--b--c', '--', 1),
    SPLIT_INDEX('a-b--c', '--', 0),
    SPLIT_INDEX('a.b', '.', 1),
    SPLIT_INDEX('a|b', 124, 1),
    SPLIT_INDEX(CAST(NULL AS STRING), ',', 0),
    SPLIT_INDEX('a,b', CAST(NULL AS STRING), 0);

SELECT
    SPLIT_INDEX('a,b', ',', CAST(NULL AS INT)),
    REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 2),
    REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 1),
    REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 0),
    REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)'),
    REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 3),
    REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', -1),
    REGEXP_EXTRACT('foothebar', 'zzz', 0);

SELECT
    REGEXP_EXTRACT('foothebar', '(x)?foo', 1),
    REGEXP_EXTRACT('', 'a*', 0),
    REGEXP_EXTRACT(CAST(NULL AS STRING), 'a', 0),
    REGEXP_EXTRACT('abc', CAST(NULL AS STRING), 0),
    REGEXP_EXTRACT('channel=apps&q=1', '(&|^)channel=([^&]*)', 2),
    REGEXP_EXTRACT('漢字かな', '字(.)', 1),
    REGEXP_REPLACE('foobar', 'oo|ar', '');

SELECT
    REGEXP_REPLACE('foobar', 'o', '0'),
    REGEXP_REPLACE('foobar', '(o)(b)', '$2$1'),
    REGEXP_REPLACE('foobar', 'z', 'x'),
    REGEXP_REPLACE('foobar', '', '-'),
    REGEXP_REPLACE('foobar', 'o', '$5'),
    REGEXP_REPLACE('foobar', 'o', '$'),
    REGEXP_REPLACE('a.b', '\.', '\\'),
    REGEXP_REPLACE(CAST(NULL AS STRING), 'o', 'x');

SELECT
    REGEXP_REPLACE('foobar', CAST(NULL AS STRING), 'x'),
    REGEXP_REPLACE('foobar', 'o', CAST(NULL AS STRING)),
    REGEXP('foobar', 'o+b'),
    REGEXP('foobar', '^b'),
    REGEXP('', ''),
    REGEXP_COUNT('banana', 'an'),
    REGEXP_EXTRACT_ALL('100-200', '(\d+)-(\d+)', 1);

SELECT
    REGEXP_INSTR('hello', 'l+'),
    REGEXP_SUBSTR('hello', 'l+'),
    STR_TO_MAP('a=1,b=2'),
    PARSE_URL('http://u.com/p?q=1#f', 'HOST'),
    PARSE_URL('http://u.com/p?q=1#f', 'QUERY', 'q'),
    URL_ENCODE('a b&c'),
    URL_DECODE('a+b%26c');

