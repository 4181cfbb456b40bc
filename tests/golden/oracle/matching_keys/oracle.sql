select id::text, json_build_object('meta', encode(sha256(convert_to(lower(trim(email)), 'UTF8')), 'hex'),
    'raw', encode(sha256(convert_to(email, 'UTF8')), 'base64'),
    'phone', encode(sha256(convert_to('+49171555' || lpad(id::text, 6, '0'), 'UTF8')), 'hex'),
    'digits', encode(sha256(convert_to('49171555' || lpad(id::text, 6, '0'), 'UTF8')), 'hex'),
    'id', encode(sha256(convert_to(id::text, 'UTF8')), 'hex'))::text
from hg_oracle.customers
