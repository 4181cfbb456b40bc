-- The warehouse of the sample project: an outdoor shop that sells by mail.
-- Everything follows from integers; there is no random() and no clock, so that every machine makes
-- the same rows.

CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,   -- beyond 2^53 on purpose
    email TEXT,                        -- NULL where a customer only left a phone number
    first_name TEXT,
    last_name TEXT,
    country TEXT NOT NULL,
    marketing_consent BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE products (
    product_id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    category TEXT,
    price TEXT NOT NULL,               -- exact digits; SQLite has no decimal type
    url TEXT NOT NULL,
    image_url TEXT,
    attributes JSON NOT NULL,
    discontinued BOOLEAN NOT NULL
);
CREATE TABLE product_views (
    view_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers,
    product_id INTEGER NOT NULL REFERENCES products,
    viewed_at TIMESTAMP NOT NULL,      -- UTC; the app sends what was seen offline with one time
    device TEXT
);
CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customers,  -- NULL: ordered as a guest
    contact_email TEXT NOT NULL,               -- as typed at the checkout
    ordered_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL,
    total TEXT NOT NULL
);
CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders,
    line INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES products,
    quantity INTEGER NOT NULL,
    unit_price TEXT NOT NULL,
    PRIMARY KEY (order_id, line)
);

-- plain: what an address is made of.
CREATE TEMP TABLE names (kind TEXT, i INTEGER, written TEXT, plain TEXT, PRIMARY KEY (kind, i));
INSERT INTO names VALUES
    ('first', 0, 'Zoë', 'zoe'), ('first', 1, 'Liam', 'liam'), ('first', 2, '美咲', 'misaki'),
    ('first', 3, 'Seán', 'sean'), ('first', 4, 'محمد', 'mohammed'), ('first', 5, 'Amélie', 'amelie'),
    ('first', 6, 'נועה', 'noa'), ('first', 7, 'Jürgen', 'juergen'), ('first', 8, '小龙', 'xiaolong'),
    ('first', 9, 'Łukasz', 'lukasz'), ('first', 10, 'Robert "Bob"', 'bob'),
    ('first', 11, 'D''Angelo', 'dangelo'), ('first', 12, 'Chloé', 'chloe'),
    ('first', 13, 'Ngọc Ánh', 'ngocanh'), ('first', 14, 'Emma', 'emma'), ('first', 15, 'Noah', 'noah'),
    ('first', 16, 'Σοφία', 'sofia'), ('first', 17, 'Иван', 'ivan'), ('first', 18, 'Aoife', 'aoife'),
    ('first', 19, 'Maximilian 🚀', 'max'), ('first', 20, 'Priya', 'priya'), ('first', 21, '지우', 'jiwoo'),
    ('first', 22, 'José Luis', 'joseluis'), ('first', 23, '  Ann', 'ann'), ('first', 24, 'Olga', 'olga'),
    ('first', 25, 'Kwame', 'kwame'), ('first', 26, 'Siobhán', 'siobhan'), ('first', 27, 'Björk', 'bjork'),
    ('first', 28, 'Anna-Lena', 'annalena'), ('first', 29, 'Li', 'li'), ('first', 30, 'सीता', 'sita'),
    -- e + U+0308, not the one code point of the first row
    ('first', 31, 'Zoe' || char(776), 'zoe'), ('first', 32, 'Mia', 'mia'), ('first', 33, 'Ali', 'ali'),
    ('first', 34, 'Tomás', 'tomas'), ('first', 35, NULL, 'friend'), ('first', 36, 'Grace', 'grace'),
    ('last', 0, 'O''Brien', 'obrien'), ('last', 1, 'Müller', 'mueller'), ('last', 2, '佐藤', 'sato'),
    ('last', 3, 'van der Berg', 'vanderberg'), ('last', 4, 'García-Lorca', 'garcialorca'),
    ('last', 5, 'الحسن', 'alhassan'), ('last', 6, 'Ó Súilleabháin', 'osuilleabhain'),
    ('last', 7, 'Smith', 'smith'), ('last', 8, '王', 'wang'), ('last', 9, 'Łęcka', 'lecka'),
    ('last', 10, 'Nguyễn', 'nguyen'), ('last', 11, 'Null', 'null'), ('last', 12, 'כהן', 'cohen'),
    ('last', 13, 'Jónsdóttir', 'jonsdottir'), ('last', 14, 'Παπαδόπουλος', 'papadopoulos'),
    ('last', 15, 'Петрова', 'petrova'), ('last', 16, '김', 'kim'), ('last', 17, 'D''Souza', 'dsouza'),
    ('last', 18, 'Fitz"Gerald"', 'fitzgerald'), ('last', 19, 'Okafor', 'okafor'),
    ('last', 20, 'Åkesson', 'akesson'), ('last', 21, 'Çelik', 'celik'), ('last', 22, NULL, 'anon');

-- Scattered numbers below 2^31: two rounds of a multiplicative generator, seeded by (n, salt).
CREATE TEMP TABLE scatter (n INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER, d INTEGER);
INSERT INTO scatter
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
SELECT n,
       (n * 48271 + 1 * 69621) % 2147483647 * 16807 % 2147483647 * 48271 % 2147483647,
       (n * 48271 + 2 * 69621) % 2147483647 * 69621 % 2147483647 * 16807 % 2147483647,
       (n * 16807 + 3 * 69621) % 2147483647 * 48271 % 2147483647 * 39373 % 2147483647,
       (n * 39373 + 4 * 69621) % 2147483647 * 16807 % 2147483647 * 69621 % 2147483647
FROM numbers;

INSERT INTO customers
SELECT 9007199254740993 + s.n * 1009,
       CASE WHEN s.n % 61 = 0 THEN NULL
            WHEN s.n % 17 = 0 THEN upper(substr(f.plain, 1, 1)) || substr(f.plain, 2) || '.'
                                   || upper(substr(l.plain, 1, 1)) || substr(l.plain, 2)
                                   || '.' || s.n || '@Example.com'
            ELSE f.plain || '.' || l.plain || '.' || s.n || '@example.com' END,
       f.written,
       l.written,
       substr('DEATCHFRGBIEJPPLVNIL', 1 + s.c % 10 * 2, 2),
       s.d % 10 <> 7,
       datetime(1640995200 + s.c % 150000000, 'unixepoch')
FROM scatter AS s
JOIN names AS f ON f.kind = 'first' AND f.i = s.a % 37
JOIN names AS l ON l.kind = 'last' AND l.i = s.b % 23
WHERE s.n <= 3000;

INSERT INTO products
WITH kinds(i, noun, category) AS (VALUES
         (0, 'Tent', 'Camping'), (1, 'Rucksack', 'Packs'), (2, 'Kocher "Föhn"', 'Camping'),
         (3, 'Rain jacket', 'Clothing'), (4, 'Stirnlampe', 'Light'), (5, 'Trail shoes', 'Shoes'),
         (6, 'テント用ペグ', 'Camping'), (7, 'Water bottle 0.5 l', NULL),
         (8, 'Men''s base layer', 'Clothing'), (9, 'Sleeping bag −5 °C', 'Camping')),
     series(i, title) AS (VALUES
         (0, 'Alp'), (1, 'Björn'), (2, 'O''Neill'), (3, 'Kōya 高野'), (4, '🏔 Summit'), (5, 'Fjäll'),
         (6, '<b>Bold</b>'), (7, 'Été'))
SELECT 1000 + s.n,
       printf('HG-%04d-%c', s.n, substr('ABCDEFGHJK', 1 + s.a % 10, 1)),
       r.title || ' ' || k.noun || CASE WHEN s.n > 80 THEN ' ' || (s.n / 80 + 1) ELSE '' END,
       k.category,
       CASE WHEN s.n % 53 = 0 THEN '0.00'
            ELSE printf('%d.%02d', 5 + s.b % 395, substr('0050909599', 1 + s.c % 5 * 2, 2)) END,
       'https://shop.example.com/p/' || (1000 + s.n) || '?ref=mail&campaign=viewed',
       CASE WHEN s.n % 19 = 0 THEN NULL
            ELSE 'https://img.example.com/' || (1000 + s.n) || '.jpg' END,
       '{"weight_g":' || (120 + s.c % 4000) || ',"colours":["' ||
           CASE s.d % 3 WHEN 0 THEN 'red","blue' WHEN 1 THEN 'black' ELSE 'grün","weiß' END || '"]}',
       s.n % 29 = 0
FROM scatter AS s
JOIN kinds AS k ON k.i = s.n % 10
JOIN series AS r ON r.i = s.n / 10 % 8
WHERE s.n <= 400;

-- Few customers look often, many look once or twice, every eighth never; few products are popular.
INSERT INTO product_views
SELECT 500000 + s.n,
       9007199254740993 + 1009 * (CASE WHEN s.i % 8 = 0 THEN s.i - 1 ELSE s.i END),
       1001 + s.c % 20 * (s.d % 20 + 1) % 400,
       datetime(1790812800 + s.n * 108 + s.b % 97, 'unixepoch'),
       CASE s.d % 7 WHEN 0 THEN NULL WHEN 1 THEN 'app' WHEN 2 THEN 'app' ELSE 'web' END
FROM (SELECT *, 1 + a % 3000 * (b % 1000) / 1000 AS i FROM scatter WHERE n <= 38000) AS s;

INSERT INTO product_views
SELECT 500000 + s.n,
       9007199254740993 + 1009 * (CASE WHEN s.i % 8 = 0 THEN s.i - 1 ELSE s.i END),
       1001 + s.c % 400,
       datetime(1794873600 + (s.n - 38001) / 4 * 300, 'unixepoch'),
       'app'
FROM (SELECT *, 1 + (n - 38001) / 4 * 6 % 2999 AS i FROM scatter WHERE n > 38000) AS s;

INSERT INTO order_lines
SELECT 70000 + s.n,
       lines.line,
       1001 + (s.c + lines.line * 7919) % 400,
       1 + (s.d + lines.line) % 3,
       ''
FROM scatter AS s
JOIN (SELECT 1 AS line UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) AS lines
     ON lines.line <= 1 + s.a % 4
WHERE s.n <= 5000;
UPDATE order_lines
SET unit_price = (SELECT price FROM products WHERE products.product_id = order_lines.product_id);

-- What was typed at the checkout: capitals and spaces around it come and go.
INSERT INTO orders
SELECT 70000 + s.n,
       CASE WHEN s.n % 11 = 0 THEN NULL ELSE c.customer_id END,
       CASE WHEN c.email IS NULL THEN 'guest.' || s.n || '@example.com'
            WHEN s.n % 97 = 0 THEN upper(c.email)
            WHEN s.n % 89 = 0 THEN ' ' || c.email
            ELSE lower(c.email) END,
       datetime(1777593600 + s.n * 3400 + s.c % 3000, 'unixepoch'),
       CASE s.d % 9 WHEN 0 THEN 'returned' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'open' ELSE 'shipped' END,
       (SELECT printf('%d.%02d', cents / 100, cents % 100)
        FROM (SELECT sum(l.quantity * CAST(replace(l.unit_price, '.', '') AS INTEGER)) AS cents
              FROM order_lines AS l
              WHERE l.order_id = 70000 + s.n))
FROM scatter AS s
JOIN customers AS c ON c.customer_id = 9007199254740993 + 1009 * (1 + s.b % 3000)
WHERE s.n <= 5000;

CREATE INDEX product_views_customer ON product_views (customer_id);
DROP TABLE scatter;
DROP TABLE names;
