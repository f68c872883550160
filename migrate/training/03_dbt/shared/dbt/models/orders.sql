select * from (values (1, 'bicycle', {{ var('price', 400) }}), (2, 'bell', 12)) as t (id, item, price)
