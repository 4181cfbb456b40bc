select customer_id::text, jsonb_build_object('price_of_view', jsonb_object_agg(view_id, price),
    'upper', jsonb_object_agg(upper(sku), qty || ' x ' || sku order by view_id))::text
from hg_oracle.views group by customer_id
