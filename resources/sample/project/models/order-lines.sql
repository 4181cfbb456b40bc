SELECT l.order_id, l.line, p.name AS product_name, p.category, l.quantity, l.unit_price
FROM order_lines AS l
JOIN products AS p ON p.product_id = l.product_id
