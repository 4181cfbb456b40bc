select customer_id::text, json_build_object('viewed', json_build_object(
    'view_id', json_agg(view_id order by view_id desc), 'sku', json_agg(sku order by view_id desc),
    'title', json_agg(title order by view_id desc), 'price', json_agg(price order by view_id desc),
    'at', json_agg(at order by view_id desc)))::text
from hg_oracle.views group by customer_id
