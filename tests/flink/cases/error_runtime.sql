-- What fails only when it runs: casts, division by zero, bad JSON under ERROR ON ERROR; TRY_CAST in their place.
CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT CAST(item AS INT) FROM items;
SELECT TRY_CAST(item AS INT) AS i FROM items;
SELECT 1 / (CHAR_LENGTH(item) - 3) FROM items;
SELECT 1e0 / (CHAR_LENGTH(item) - 3) AS q FROM items WHERE item IS NOT NULL;
SELECT JSON_VALUE(item, '$.a' ERROR ON ERROR) FROM items WHERE item IS NOT NULL;
SELECT CAST(item AS DATE) FROM items;
SELECT item FROM items WHERE CAST(item AS INT) > 0 AND item = 'none';
SELECT SUM(CAST(item AS INT)) FROM items;
