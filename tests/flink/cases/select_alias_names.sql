-- Column names: aliases, EXPR$n, repeated names, quoted names, names kept in their case.
CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT item, title AS t, UPPER(item), 1, item || '!' FROM items;
SELECT item, item FROM items WHERE item = 'tea';
SELECT item AS `select`, title AS `two words`, kind AS KIND FROM items WHERE item = 'tea';
SELECT i.* FROM items AS i WHERE i.item = 'rye';
SELECT *, 1 AS extra FROM items WHERE item = 'rye';
SELECT items.item AS a FROM items WHERE items.kind = 'food';
SELECT Item FROM items;
SELECT a AS b FROM (SELECT item AS a FROM items) AS x(b);
SELECT b FROM (SELECT item FROM items) AS x(b);
