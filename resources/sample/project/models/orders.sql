SELECT order_id, customer_id, contact_email, ordered_at, status, total
FROM orders
WHERE status <> 'cancelled'
