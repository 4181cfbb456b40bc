select customer_id::text, json_build_object('orders', json_agg(json_build_object('number', order_id, 'on', ordered_on,
    'total', total, 'lines', lines) order by order_id desc))::text
from (select customer_id, order_id, ordered_on, sum(amount) as total,
          jsonb_agg(jsonb_build_object('sku', sku, 'amount', amount)
              || case when note is null then '{}' else jsonb_build_object('note', note) end order by line_id) as lines
      from hg_oracle.lines group by customer_id, order_id, ordered_on) o
group by customer_id
