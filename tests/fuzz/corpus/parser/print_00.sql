SELECT 1;
SELECT ALL a FROM t;
SELECT DISTINCT a, b AS c, t.*, t.r.*, (f(x)).*, ROW(1, 2).* FROM t;
select a b from t;
SELECT -1, +1, - -1, -a.b, NOT a, NOT NOT a;
