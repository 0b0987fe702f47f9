-- ARRAY, MAP and ROW columns: access, NULL inside, conditions, grouping by their parts.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

SELECT id, tags[1] AS a, tags[2] AS b, CARDINALITY(tags) AS n, attr['k'] AS k, attr['z'] AS z, ship.city, ship.zip AS zipcode FROM orders WHERE id < 25;
SELECT ship.city AS city, COUNT(*) AS n, SUM(amount) AS s FROM orders GROUP BY ship.city;
SELECT id, ship FROM orders WHERE ship IS NOT NULL AND ship.city IS NULL AND id < 30;
SELECT id, ship.* FROM orders WHERE id < 8;
SELECT tags, COUNT(*) AS n FROM orders GROUP BY tags;
SELECT ship, COUNT(*) AS n FROM orders GROUP BY ship;
SELECT id, ROW(id, item) AS r, ARRAY[item, 'x'] AS a, MAP['id', id] AS m FROM orders WHERE id < 4;
SELECT id FROM orders WHERE attr['k'] = 1 AND tags IS NULL;
SELECT id, attr FROM orders WHERE attr IS NOT NULL AND CARDINALITY(attr) > 0 AND id < 20;
SELECT id, ship.nope FROM orders;
SELECT id, orders.ship.city FROM orders WHERE id = 1;
