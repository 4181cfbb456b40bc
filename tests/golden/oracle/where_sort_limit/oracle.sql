select customer_id::text, (case when count(*) filter (where rank is not null) = 0 then '{}' else jsonb_build_object('top',
        jsonb_agg(jsonb_build_object('sku', sku, 'price', price) order by rank) filter (where rank <= 2)) end
    || jsonb_build_object('none', jsonb_agg(view_id order by view_id) filter (where sku like 'sku-9%'),
        'kept', coalesce(jsonb_agg(title order by view_id) filter (where title like '%"1%'), '[]')))::text
from (select *, case when qty > 1 and (channel in ('web', 'app') or title is null) then
          row_number() over (partition by customer_id, qty > 1 and (channel in ('web', 'app') or title is null)
              order by price desc, view_id) end as rank
      from hg_oracle.views) v
group by customer_id
