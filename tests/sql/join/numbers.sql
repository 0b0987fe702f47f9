-- Keys that are whole numbers close together are found by number: negative ones, gaps, both ends, numbers far
-- outside, NULLs on both sides, keys of other widths, rows left by a condition.
CREATE VIEW few AS SELECT k, name FROM (VALUES (-3, 'three below'), (0, 'nought'), (2, 'two'), (7, 'seven'),
  (CAST(NULL AS INT), 'nobody')) AS t(k, name);
CREATE VIEW facts AS SELECT n, k FROM (VALUES (1, -3), (2, 0), (3, 1), (4, 7), (5, 8), (6, -4), (7, CAST(NULL AS INT)),
  (8, 2147483647), (9, -2147483648), (10, 2), (11, -3)) AS t(n, k);
SELECT n, facts.k, name FROM facts JOIN few ON facts.k = few.k;
--> {"n":1,"k":-3,"name":"three below"}
--> {"n":10,"k":2,"name":"two"}
--> {"n":11,"k":-3,"name":"three below"}
--> {"n":2,"k":0,"name":"nought"}
--> {"n":4,"k":7,"name":"seven"}
SELECT n, name FROM facts LEFT JOIN few ON facts.k = few.k;
--> {"n":1,"name":"three below"}
--> {"n":10,"name":"two"}
--> {"n":11,"name":"three below"}
--> {"n":2,"name":"nought"}
--> {"n":3,"name":null}
--> {"n":4,"name":"seven"}
--> {"n":5,"name":null}
--> {"n":6,"name":null}
--> {"n":7,"name":null}
--> {"n":8,"name":null}
--> {"n":9,"name":null}
SELECT n, name FROM facts LEFT JOIN few ON facts.k = few.k AND n > 3;
--> {"n":1,"name":null}
--> {"n":10,"name":"two"}
--> {"n":11,"name":"three below"}
--> {"n":2,"name":null}
--> {"n":3,"name":null}
--> {"n":4,"name":"seven"}
--> {"n":5,"name":null}
--> {"n":6,"name":null}
--> {"n":7,"name":null}
--> {"n":8,"name":null}
--> {"n":9,"name":null}
SELECT n, name FROM facts JOIN few ON CAST(facts.k AS BIGINT) = CAST(few.k AS BIGINT) WHERE n <> 2;
--> {"n":1,"name":"three below"}
--> {"n":10,"name":"two"}
--> {"n":11,"name":"three below"}
--> {"n":4,"name":"seven"}
SELECT n, name FROM facts JOIN few ON CAST(n AS SMALLINT) = CAST(few.k AS SMALLINT);
--> {"n":2,"name":"two"}
--> {"n":7,"name":"seven"}
