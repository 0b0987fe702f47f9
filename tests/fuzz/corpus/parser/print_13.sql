SELECT * FROM (a, b) LEFT JOIN c ON TRUE;
SELECT * FROM o LEFT JOIN r FOR SYSTEM_TIME AS OF o.ts AS x ON o.c = x.c;
SELECT * FROM t /*+ OPTIONS('a' = 'b', 'c' = 'd') */ AS x;
SELECT * FROM t /*+ options('a'='b'), state_ttl('x'='1d') */;
SELECT /*+ BROADCAST(t1), LOOKUP('table' = 'd', 'async' = 'true') */ a FROM t1;
