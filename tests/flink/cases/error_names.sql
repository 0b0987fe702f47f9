-- Names that are not there, and calls that do not fit: each fails before it runs.
CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT nope FROM items;
SELECT * FROM nope;
SELECT NOPE(item) FROM items;
SELECT UPPER(item, kind) FROM items;
SELECT i.nope FROM items AS i;
SELECT item FROM items AS i, items AS j;
SELECT x.item FROM items AS i;
SELECT item FROM items WHERE COUNT(*) > 1;
SELECT COUNT(SUM(1)) FROM items;
SELECT item FROM items WHERE title;
SELECT item + 1 FROM items;
SELECT item FROM items GROUP BY kind;
SELECT FROM items;
SELECT item FROM items WHERE;
SELEC 1;
SELECT 'open FROM items;
