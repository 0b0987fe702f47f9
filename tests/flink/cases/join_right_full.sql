-- Right and full joins: padding on either side, both sides with unmatched and NULL keys.
CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW l AS SELECT * FROM (VALUES ('tea', 1), ('gin', 2), (CAST(NULL AS STRING), 3), ('tea', 4)) AS t(item, n);
SELECT l.n, l.item, i.title FROM l RIGHT JOIN items AS i ON l.item = i.item;
SELECT l.n, i.item, i.title FROM l FULL JOIN items AS i ON l.item = i.item;
SELECT l.n, i.title FROM l FULL OUTER JOIN items AS i ON l.item = i.item AND l.n > 2;
