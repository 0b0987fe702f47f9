-- ARRAY and MAP functions over columns, with NULLs and empty lists.
CREATE TABLE l (id INT, a ARRAY<INT>, s ARRAY<STRING>, m MAP<STRING, INT>, k STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/lists.json', 'format' = 'json');
SELECT id, ARRAY_SORT(a) AS up, ARRAY_SORT(a, FALSE) AS down, ARRAY_MAX(a) AS hi, ARRAY_MIN(s) AS lo, ARRAY_SLICE(a, 2, -1) AS cut FROM l;
--> {"id":1,"up":[null,1,1,2,3],"down":[3,2,1,1,null],"hi":3,"lo":"a","cut":[1,2,1,null]}
--> {"id":2,"up":[],"down":[],"hi":null,"lo":null,"cut":[]}
--> {"id":3,"up":null,"down":null,"hi":null,"lo":null,"cut":null}
--> {"id":4,"up":[null],"down":[null],"hi":null,"lo":"long text that is not inline","cut":[]}
SELECT id, ARRAY_APPEND(a, id) AS app, ARRAY_PREPEND(s, k) AS pre, ARRAY_REMOVE(a, 1) AS rem FROM l;
--> {"id":1,"app":[3,1,2,1,null,1],"pre":["x=7","b","a","b"],"rem":[3,2,null]}
--> {"id":2,"app":[2],"pre":[""],"rem":[]}
--> {"id":3,"app":null,"pre":null,"rem":null}
--> {"id":4,"app":[null,4],"pre":["y 2;z","long text that is not inline"],"rem":[null]}
SELECT id, ARRAY_UNION(a, ARRAY[9, 1]) AS u, ARRAY_EXCEPT(a, ARRAY[1, 2]) AS e, ARRAY_INTERSECT(a, ARRAY[1, 2, CAST(NULL AS INT)]) AS i, ARRAY_DISTINCT(s) AS d FROM l;
--> {"id":1,"u":[3,1,2,null,9],"e":[3,null],"i":[1,2,null],"d":["b","a"]}
--> {"id":2,"u":[9,1],"e":[],"i":[],"d":[]}
--> {"id":3,"u":null,"e":null,"i":null,"d":null}
--> {"id":4,"u":[null,9,1],"e":[null],"i":[null],"d":["long text that is not inline"]}
SELECT id, MAP_ENTRIES(m) AS e, MAP_UNION(m, MAP[k, id]) AS u, MAP_FROM_ARRAYS(s, s) AS f FROM l;
--> {"id":1,"e":[{"key":"x","value":1},{"key":"y","value":2}],"u":{"x":1,"y":2,"x=7":1},"f":{"b":"b","a":"a"}}
--> {"id":2,"e":[],"u":{"":2},"f":{}}
--> {"id":3,"e":null,"u":null,"f":null}
--> {"id":4,"e":[{"key":"y 2","value":null}],"u":{"y 2":null,"y 2;z":4},"f":{"long text that is not inline":"long text that is not inline"}}
SELECT id, STR_TO_MAP(k) AS m, STR_TO_MAP(k, ';', '\s+') AS n FROM l;
--> {"id":1,"m":{"x":"7"},"n":{"x=7":null}}
--> {"id":2,"m":{},"n":{}}
--> {"id":3,"m":null,"n":null}
--> {"id":4,"m":{"y 2;z":null},"n":{"y":"2","z":null}}
SELECT id, k SIMILAR TO '[[:alpha:]]=_' AS t, k SIMILAR TO k AS same, LPAD(k, 2, '') AS none FROM l;
--> {"id":1,"t":true,"same":true,"none":null}
--> {"id":2,"t":false,"same":true,"none":null}
--> {"id":3,"t":null,"same":null,"none":null}
--> {"id":4,"t":false,"same":true,"none":null}
SELECT _UTF8'x' || N'y' AS t, CONCAT_WS('-') AS e, STARTSWITH(X'0102', X'01') AS s, ARRAY_APPEND(ARRAY['a'], 'bcd') AS a;
--> {"t":"xy","e":"","s":true,"a":["a","bcd"]}
SELECT id, JSON_QUERY('{"x":[1,"a",null]}', '$.' || LOWER(CASE WHEN id = 1 THEN 'X' ELSE 'y' END) RETURNING ARRAY<STRING> EMPTY ARRAY ON ERROR) AS q, JSON_VALUE('{"x=7":"v"}', '$[''' || k || ''']') AS v FROM l;
--> {"id":1,"q":["1","a",null],"v":"v"}
--> {"id":2,"q":[],"v":null}
--> {"id":3,"q":[],"v":null}
--> {"id":4,"q":[],"v":null}
