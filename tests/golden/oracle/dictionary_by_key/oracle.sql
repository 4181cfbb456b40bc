select customer_id::text, jsonb_build_object('last_of',
    jsonb_object_agg(sku, jsonb_build_object('price', price, 'channel', channel)))::text
from (select distinct on (customer_id, sku) * from hg_oracle.views order by customer_id, sku, at desc, view_id desc) v
group by customer_id
