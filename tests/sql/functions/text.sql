-- PRINTF, character sets and addresses.
CREATE TABLE l (id INT, a ARRAY<INT>, s ARRAY<STRING>, m MAP<STRING, INT>, k STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/lists.json', 'format' = 'json');
SELECT id, PRINTF('%03d: %-6s|', id, k) AS p, PRINTF(k, id) AS f, PRINTF('%,.2f', id * 1234.5e0) AS g FROM l;
--> {"id":1,"p":"001: x=7   |","f":"x=7","g":"1,234.50"}
--> {"id":2,"p":"002:       |","f":"","g":"2,469.00"}
--> {"id":3,"p":"003: null  |","f":null,"g":"3,703.50"}
--> {"id":4,"p":"004: y 2;z |","f":"y 2;z","g":"4,938.00"}
SELECT id, DECODE(ENCODE(k, 'UTF-16'), 'UTF-16') AS k, HEX(DECODE(ENCODE(k, 'UTF-16LE'), 'ISO-8859-1')) AS h FROM l;
--> {"id":1,"k":"x=7","h":"78003D003700"}
--> {"id":2,"k":"","h":""}
--> {"id":3,"k":null,"h":null}
--> {"id":4,"k":"y 2;z","h":"7900200032003B007A00"}
SELECT id, INET_NTOA(16909060 * id) AS n, INET_ATON('10.0.' || CAST(id AS STRING)) AS a FROM l;
--> {"id":1,"n":"1.2.3.4","a":167772161}
--> {"id":2,"n":"2.4.6.8","a":167772162}
--> {"id":3,"n":"3.6.9.12","a":167772163}
--> {"id":4,"n":"4.8.12.16","a":167772164}
