-- What FLOAT and DOUBLE have in common, NaN, lists after WHEN, PI, digests.
CREATE TABLE numbers (d STRING, f STRING, i INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/numbers.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE VIEW n AS SELECT CAST(d AS DOUBLE) AS d, CAST(f AS FLOAT) AS f, i FROM numbers;
SELECT d, d = d AS self, d = CAST(f AS DOUBLE) AS other, d <> d AS differs, f = d AS by_f, d = f AS by_d, f + d AS s, d + f AS t FROM n;
--> {"d":"NaN","self":true,"other":false,"differs":false,"by_f":false,"by_d":false,"s":"NaN","t":"NaN"}
--> {"d":-0.0,"self":true,"other":true,"differs":false,"by_f":true,"by_d":true,"s":0.0,"t":0.0}
--> {"d":1.1,"self":true,"other":false,"differs":false,"by_f":true,"by_d":false,"s":2.2,"t":2.200000023841858}
--> {"d":1.6777217E7,"self":true,"other":false,"differs":false,"by_f":true,"by_d":false,"s":3.3554432E7,"t":3.3554433E7}
--> {"d":null,"self":null,"other":null,"differs":null,"by_f":null,"by_d":null,"s":null,"t":null}
SELECT i, CASE i WHEN 1, 2 THEN 'low' WHEN 3, NULL THEN 'three' ELSE 'high' END AS c FROM n;
--> {"i":1,"c":"low"}
--> {"i":2,"c":"low"}
--> {"i":3,"c":"three"}
--> {"i":4,"c":"high"}
--> {"i":null,"c":"high"}
SELECT PI AS pi, -0e0 AS zero, TYPEOF(UPPER('abc')) AS u, TYPEOF('a' || 'bc') AS j, TYPEOF(TRIM('abc')) AS t, TYPEOF(INTERVAL '1' DAY) AS v, TYPEOF(NULLIF(1, 2)) AS n;
--> {"pi":3.141592653589793,"zero":0.0,"u":"CHAR(3) NOT NULL","j":"CHAR(3) NOT NULL","t":"VARCHAR(3) NOT NULL","v":"INTERVAL SECOND(3) NOT NULL","n":"INT NOT NULL"}
SELECT i, MD5(d) AS m, SHA256(CAST(f AS BYTES)) AS s, SHA2(d, 224) AS s2 FROM numbers;
--> {"i":1,"m":"777d45bbbcdf50d49c42c70ad7acf5fe","s":"b05e244762b1e472be89a93800cc3ee326743cecb55984bf12813addb8de66d0","s2":"5fefe4142b6dd05a9cfb83ed3b5833b9c733094f284027aff94b3542"}
--> {"i":2,"m":"7ecfb3bf076a6a9635f975fe96ac97fd","s":"d5b592c05dc25b5032553f1b27f4139be95e881f73db33b02b05ab20c3f9981e","s2":"9207845e5abaca58cc1ed24084c9fa7c3640b2dc45f96ee680a72938"}
--> {"i":3,"m":"093a297094eb07ad006700eca8c27e97","s":"ea6fe31a8926904e773fbec6d78031b112c2ac607d3402e58f4a526a5fe0d753","s2":"916cbf3f9be7148ce90aeafadfd5c8c30cfdfef8ed43ef1e35291f54"}
--> {"i":4,"m":"e80c77464a0cfaf2c46a5574f6bc76b9","s":"8aed642bf5118b9d3c859bd4be35ecac75b6e873cce34e7b6f554b06f75550d7","s2":"0fa370549a346e16b181ddd11fb5427d6c047be6b54f0da15b14dddc"}
--> {"i":null,"m":null,"s":null,"s2":null}
SELECT CAST('0x1.8p1' AS DOUBLE) AS x, TRY_CAST('0x18' AS DOUBLE) AS y, CAST('-0X.8P+1' AS FLOAT) AS z;
--> {"x":3.0,"y":null,"z":-1.0}
