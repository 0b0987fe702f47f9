-- IN, NOT IN and EXISTS with sub-queries; scalar sub-queries.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id FROM orders WHERE item IN (SELECT item FROM items WHERE kind = 'drink') AND id < 20;
SELECT id FROM orders WHERE id < 20 AND item NOT IN (SELECT item FROM items WHERE kind = 'drink');
SELECT item FROM items AS i WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.item = i.item);
SELECT item FROM items AS i WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.item = i.item);
SELECT id FROM orders WHERE id > (SELECT MAX(id) - 3 FROM orders);
