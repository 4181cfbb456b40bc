select customer_id::text, json_build_object('customer', customer_id, 'recently_viewed', json_agg(
    json_build_object('view_id', view_id, 'sku', sku, 'title', title, 'price', price, 'at', at)
    order by at desc, view_id))::text
from hg_oracle.views group by customer_id
