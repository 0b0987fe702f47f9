-- A constant date pattern that is none: NULL here.
SELECT TO_TIMESTAMP('x', 'bogus pattern');
