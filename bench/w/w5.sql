SELECT FLOOR(rt TO MINUTE) AS m, genre, SUM(runtime_min) AS minutes
FROM e JOIN titles ON e.title_id = titles.title_id GROUP BY FLOOR(rt TO MINUTE), genre
