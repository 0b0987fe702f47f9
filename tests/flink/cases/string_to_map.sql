-- STR_TO_MAP: delimiters are regular expressions, empty entries, keys without value, repeated keys.
SELECT STR_TO_MAP('k1=v1,k2=v2'), STR_TO_MAP('a:1|b:2', '\|', ':'), STR_TO_MAP('a'), STR_TO_MAP(''), STR_TO_MAP('a=1,a=2'), STR_TO_MAP('a=b=c'), STR_TO_MAP(CAST(NULL AS STRING)), STR_TO_MAP('a=,b'), STR_TO_MAP('a=1,,b=2'), TYPEOF(STR_TO_MAP('a=1'));
SELECT STR_TO_MAP('a=1,', ',', '='), STR_TO_MAP(',a=1'), STR_TO_MAP('a1b2', '1', ''), STR_TO_MAP('a.1|b.2', '|', '.'), STR_TO_MAP('a.1|b.2', '\|', '\.'), STR_TO_MAP('k=v=w=', ',', '='), STR_TO_MAP(',,,'), STR_TO_MAP('a  1;b  2', ';', '\s+'), STR_TO_MAP('abc', '', '=');
CREATE TABLE s (id INT, a STRING, b STRING, c STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/pairs.json', 'format' = 'json');
SELECT id, STR_TO_MAP(a), STR_TO_MAP(a, b, c), STR_TO_MAP(a, ',', c) FROM s;
SELECT id, STR_TO_MAP(a)['k1'] FROM s;
SELECT STR_TO_MAP('a', '(', ')');
