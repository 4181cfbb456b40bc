select customer_id::text, jsonb_build_object('customer', customer_id, 'by_order', jsonb_object_agg(order_id,
    jsonb_build_object('skus', skus) || case when dear is null then '{}' else jsonb_build_object('dear', dear) end))::text
from (select customer_id, order_id, jsonb_agg(sku order by sku collate "C") as skus,
          jsonb_agg(amount order by line_id) filter (where amount >= 100) as dear
      from hg_oracle.lines group by customer_id, order_id) o
group by customer_id
