-- Left joins: padding with NULL, NULL keys kept on the left, conditions in ON against WHERE, duplicates on the right.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT o.id, o.item, i.title FROM orders AS o LEFT JOIN items AS i ON o.item = i.item WHERE o.id < 20;
SELECT o.id, i.title FROM orders AS o LEFT JOIN items AS i ON o.item = i.item AND i.kind = 'food' WHERE o.id < 20;
SELECT o.id, i.title FROM orders AS o LEFT OUTER JOIN items AS i ON o.item = i.item WHERE i.kind = 'food' AND o.id < 20;
SELECT o.id FROM orders AS o LEFT JOIN items AS i ON o.item = i.item WHERE i.item IS NULL;
SELECT o.id, i.title FROM orders AS o LEFT JOIN items AS i ON o.item = i.item AND o.amount > 2 WHERE o.id < 20;
SELECT i.item, COUNT(o.id) AS n FROM items AS i LEFT JOIN orders AS o ON i.item = o.item GROUP BY i.item;
SELECT a.x, b.x AS bx, c.x AS cx FROM (VALUES (1), (2), (3)) AS a(x) LEFT JOIN (VALUES (1), (2)) AS b(x) ON a.x = b.x LEFT JOIN (VALUES (2)) AS c(x) ON b.x = c.x;
