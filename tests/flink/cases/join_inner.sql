-- Inner equi-joins: duplicates on both sides, NULL keys never match, further conditions, several keys, USING and self join.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT o.id, o.item, i.title FROM orders AS o JOIN items AS i ON o.item = i.item WHERE o.id < 20;
SELECT o.id, i.kind FROM orders AS o INNER JOIN items AS i ON o.item = i.item AND o.amount > 2 AND i.title IS NOT NULL;
SELECT COUNT(*) AS n FROM orders AS o, items AS i WHERE o.item = i.item;
SELECT a.id, b.id AS other FROM orders AS a JOIN orders AS b ON a.id = b.id + 1 AND a.item = b.item;
SELECT item, id, title FROM orders JOIN items USING (item) WHERE id < 10;
SELECT o.id, i.title FROM orders AS o JOIN items AS i ON o.item = i.item AND CHAR_LENGTH(i.title) > o.id;
SELECT x.id FROM orders AS x JOIN (VALUES (3), (4), (3)) AS v(n) ON x.id = v.n;
SELECT o.id, i.title FROM orders AS o JOIN items AS i ON o.item = i.item JOIN (VALUES ('drink', 1), ('food', 2)) AS k(kind, nr) ON i.kind = k.kind WHERE o.id < 12;
SELECT o.id, i.title FROM orders AS o NATURAL JOIN items AS i WHERE o.id < 5;
