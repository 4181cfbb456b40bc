select customer_id::text, json_build_object('skus', (select json_agg(sku order by sku collate "C")
        from (select distinct sku from unnest(array_agg(v.sku)) as s(sku)) d),
    'prices', json_agg(price order by price desc))::text
from hg_oracle.views v group by customer_id
