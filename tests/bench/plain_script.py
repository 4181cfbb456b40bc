#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user would write instead: every row as nested JSON to a web address, in series, without
any memory of what was sent.

plain_script.py DSN TABLE URL BATCH
"""
import sys

import psycopg2
import requests


def payload(row):
    record, email, first, last, city, country, plan, orders, revenue, seen = row
    return {"record": record, "email": email, "name": {"first": first, "last": last},
            "address": {"city": city, "country": country},
            "usage": {"plan": plan, "orders": orders, "revenue": float(revenue),
                      "last_seen": seen.isoformat()}}


def main(dsn, table, url, batch):
    session = requests.Session()
    with psycopg2.connect(dsn) as connection, connection.cursor("rows") as cursor:
        cursor.itersize = batch
        cursor.execute(f"select * from {table}")
        while rows := cursor.fetchmany(batch):
            answer = session.post(url, json={"records": [payload(row) for row in rows]})
            answer.raise_for_status()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
