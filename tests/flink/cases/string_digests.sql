-- MD5 and the SHA family, of strings and bytes, NULLs and lengths that do not exist.
SELECT MD5('a'), SHA1('a'), SHA224('a'), SHA256('a'), SHA384('a'), SHA512('a'), MD5(''), SHA256('é');
SELECT SHA2('a', 224), SHA2('a', 256), SHA2('a', 384), SHA2('a', 512), SHA2(CAST(NULL AS STRING), 256), SHA2('a', CAST(NULL AS INT)), MD5(X'61'), SHA1(X'00ff');
SELECT MD5(CAST(NULL AS STRING)), TYPEOF(MD5('a')), TYPEOF(SHA224('a')), TYPEOF(SHA2('a', 256)), TYPEOF(SHA512(CAST(NULL AS BYTES)));
SELECT SHA2('a', 1);
CREATE TABLE s (id INT, a STRING, b STRING, n INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/strings.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, MD5(a), SHA1(a), SHA224(a), SHA256(a), SHA384(a), SHA512(a), SHA2(a, 256), MD5(CAST(a AS BYTES)) FROM s;
SELECT id, SHA2(a, n) FROM s WHERE n IS NULL;
SELECT id, SHA2(a, n) FROM s;
