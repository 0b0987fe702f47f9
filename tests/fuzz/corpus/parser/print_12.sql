SELECT timestamp, time, interval, row_number FROM t;
SELECT a FROM t AS x, u AS y (c, d), v WHERE x.a = y.c;
SELECT a FROM t x JOIN u y ON x.a = y.a INNER JOIN v USING (a, b) LEFT OUTER JOIN w ON TRUE FULL OUTER JOIN z ON a = b RIGHT JOIN q ON 1 = 1;
SELECT * FROM a NATURAL JOIN b NATURAL LEFT JOIN c CROSS JOIN d;
SELECT * FROM a JOIN (b JOIN c ON b.x = c.x) ON a.x = b.x, (d CROSS JOIN e) ;
