select id::text, json_build_object('parsed', doc_text::json, 'again', doc, 'typed', doc_text::json, 'text', doc_text,
    'list', case when city is not null then json_build_array(city) end)::text
from hg_oracle.customers
