SELECT v.view_id,
       v.customer_id,
       c.email,
       c.first_name,
       c.marketing_consent,
       p.product_id,
       p.name AS product_name,
       p.price,
       p.url,
       p.image_url,
       v.viewed_at
FROM product_views AS v
JOIN customers AS c ON c.customer_id = v.customer_id
JOIN products AS p ON p.product_id = v.product_id
WHERE c.email IS NOT NULL
  AND NOT p.discontinued
