-- SPLIT_INDEX by one byte: parts at the borders of 16 bytes, empty parts, parts that are not there.
SELECT SPLIT_INDEX(a, '/', b) AS x, SPLIT_INDEX(a, 47, b) AS y, SPLIT_INDEX(a, 'é', b) AS z FROM (VALUES ('',0), ('/',0), ('/',1), ('/',2),
  ('abcdefghijklmno/q',0), ('abcdefghijklmno/q',1), ('abcdefghijklmnop/q',0), ('abcdefghijklmnop/q',1), ('abcdefghijklmnop/',1),
  ('abc',0), ('abc',1), ('abc',-1), ('a/b/c/d/e/f/g/h/i/j/k/l/m/n',9), ('a/b/c/d/e/f/g/h/i/j/k/l/m/n',13), ('a/b/c/d/e/f/g/h/i/j/k/l/m/n',14),
  ('https://www.nexmark.com/ab/cdé/e/item.htm?query=1',3), ('https://www.nexmark.com/ab/cdé/e/item.htm?query=1',4),
  ('////////////////////////////////////////x',40), ('////////////////////////////////////////x',41)) AS t(a, b);
