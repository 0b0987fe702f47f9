-- LIKE with %, _, ESCAPE; SIMILAR TO; NULL; no match across case.
SELECT
    'hello' LIKE 'he%',
    'hello' LIKE '%l%',
    'hello' LIKE 'h_llo',
    'hello' LIKE 'hello',
    'hello' LIKE 'hell',
    'hello' LIKE '%',
    '' LIKE '%',
    '' LIKE '';

SELECT
    '' LIKE '_',
    'Hello' LIKE 'hello',
    'hello' LIKE '%o',
    'hello' LIKE 'h%o',
    'hello' LIKE 'h%l%o',
    '100%' LIKE '100\%',
    '100%' LIKE '100!%' ESCAPE '!',
    '100x' LIKE '100!%' ESCAPE '!';

SELECT
    'a_b' LIKE 'a!_b' ESCAPE '!',
    'axb' LIKE 'a!_b' ESCAPE '!',
    'a!b' LIKE 'a!!b' ESCAPE '!',
    E'a\nb' LIKE 'a%b',
    '漢字' LIKE '_字',
    '😀' LIKE '_',
    'a.c' LIKE 'a.c',
    'abc' LIKE 'a.c';

SELECT
    'a(b' LIKE 'a(%',
    'a\b' LIKE 'a\b',
    'hello' NOT LIKE 'he%',
    CAST(NULL AS STRING) LIKE 'a',
    'a' LIKE CAST(NULL AS STRING),
    'hello' SIMILAR TO 'h(e|a)llo',
    'hello' SIMILAR TO 'h%',
    'hello' SIMILAR TO 'h_llo';

SELECT
    'hello' SIMILAR TO 'ell',
    'hello' SIMILAR TO '[a-z]+',
    'hello' SIMILAR TO '[a-z]{5}',
    'hello' SIMILAR TO 'hel*o',
    'aab' SIMILAR TO 'a+b?',
    'h.llo' SIMILAR TO 'h.llo',
    'hello' SIMILAR TO 'h.llo',
    '5' SIMILAR TO '[[:digit:]]';

SELECT
    'a' SIMILAR TO '[^b]',
    'a%' SIMILAR TO 'a!%' ESCAPE '!',
    'hello' NOT SIMILAR TO 'h%',
    CAST(NULL AS STRING) SIMILAR TO 'a';

-- These fail.
SELECT 'a!b' LIKE 'a!b' ESCAPE '!';
SELECT 'a' LIKE 'a!' ESCAPE '!';
SELECT 'a' LIKE 'a' ESCAPE 'xx';
SELECT 'a' SIMILAR TO '(';
SELECT 1 LIKE '1';
