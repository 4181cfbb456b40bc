-- 50,000 customers; what they viewed (2 rows each on average, 1 at least), what they ordered, the
-- regions they live in. Made of arithmetic alone, so that every server makes the same rows.
create table hg_oracle.customers as
select g::bigint as id,
       case when g % 11 = 0 then null
            else (array['Ann', 'Zoë "Z"', E'Bob\\B\tTab', '日本', E'Li\nNe', 'O''Neil', '😀 Ed'])[1 + g % 7]
                 || ' ' || g end as name,
       '  User.' || g || '@Example.COM ' as email,
       '0171 555-' || lpad(g::text, 6, '0') as phone,
       (array['Ulm', 'Köln', 'Zürich', null, ''])[1 + g % 5] as city,
       case g % 3 when 0 then true when 1 then false end as active,
       case when g % 13 <> 0 then ((g::bigint * 7919 % 1000003) / 1000.0 - 300)::numeric(14, 3) end as balance,
       (g % 1000) / 8.0::double precision as score,
       9007199254740993 + g as big,
       timestamptz '2020-01-01 00:00:00+00' + g * interval '1 hour 1.000001 second' as joined,
       date '1950-01-01' + g % 20000 as birthday,
       timestamp '2026-03-29 00:30:00' + g % 5000 * interval '17.25 minute' as seen,
       md5(g::text)::uuid as uid,
       jsonb_build_object('n', g, 'tags', jsonb_build_array('a', null, g % 2 = 0), 'price', 1.50) as doc,
       '{ "b" : [1, 2.50, "x"] , "a": {"n": ' || g || '} }' as doc_text,
       case when g % 17 <> 0 then 1 + g % 45 end as region_id
from generate_series(1, 50000) as g;

create table hg_oracle.views as
select i::bigint as view_id,
       case when i <= 50000 then i else 1 + i::bigint * 7919 % 30000 end::bigint as customer_id,
       'sku-' || i::bigint * 31 % 97 as sku,
       case when i % 19 <> 0 then 'Product "' || i % 97 || '" é' end as title,
       (i::bigint * 104729 % 100000 / 100.0)::numeric(10, 2) as price,
       1 + i % 4 as qty,
       timestamp '2026-01-01 00:00:00' + i::bigint * 48271 % 500000 * interval '1.5 second' as at,
       case i % 3 when 0 then 'web' when 1 then 'app' end as channel
from generate_series(1, 100000) as i;

create table hg_oracle.lines as
select i::bigint as line_id,
       1 + (i - 1) % 50000 as customer_id,
       1 + (i - 1) % 50000 + 50000 * (i % 2) as order_id,
       date '2026-02-01' + (1 + (i - 1) % 50000 + 50000 * (i % 2)) % 300 as ordered_on,
       'sku-' || i % 53 as sku,
       (i::bigint * 7907 % 20000 / 100.0)::numeric(8, 2) as amount,
       case when i % 6 <> 0 then 'note ' || i % 10 end as note
from generate_series(1, 120000) as i;

create table hg_oracle.regions as
select r as region_id, 'Region ' || r as label,
       case when r % 4 <> 0 then (array['DE', 'CH', 'AT', 'FR'])[1 + r % 4] end as country
from generate_series(1, 40) as r;

create index on hg_oracle.views (customer_id);
create index on hg_oracle.lines (customer_id);
analyze hg_oracle.customers, hg_oracle.views, hg_oracle.lines, hg_oracle.regions;
