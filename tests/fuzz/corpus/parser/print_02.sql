SELECT INTERVAL '10' MINUTES;
SELECT a OR b AND NOT c, (a OR b) AND c, NOT (a AND b);
SELECT a = b, a <> b, a < b, a <= b, a > b, a >= b, a + b - c * d / e % f || g;
SELECT a != b;
SELECT (a + b) * c, a + (b - c), a - (b - c), (a - b) - c, a * (b / c), a || b || c;
