# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window costs, and what it reads: one function a measure, as in measures.py. The window
is shown where QT_QPA_PLATFORM says; run.sh gives it a screen of its own."""
import collections
import json
import os
import sqlite3
import statistics
import time

from bench_world import MILLION, done
from measures import Figure, expect, median, peak

VIEWS = 1000
MANIFEST_BYTES = 100 << 20
# A name is not used twice at once: the record that is shown first belongs to the first customer.
ADD_VIEWS = """with recursive number(i) as (select 1 union all select i + 1 from number
        where i < :count),
    shown as (select v.customer_id as customer from product_views v
        join customers c on c.customer_id = v.customer_id
        join products p on p.product_id = v.product_id
        where c.email is not null and c.marketing_consent and not p.discontinued
        order by v.view_id limit 1),
    sold as (select product_id, row_number() over (order by product_id) - 1 as place,
        count(*) over () as products from products where not discontinued)
insert into product_views (view_id, customer_id, product_id, viewed_at)
select (select max(view_id) from product_views) + i, (select customer from shown), product_id,
    datetime('2026-01-01 10:00:00', (i * 7919 % 100000) || ' seconds')
from number join sold on place = i % products"""
ADD_MILLION = """create table million as with recursive number(i) as (select 1 union all
    select i + 1 from number where i < :count)
select i * 7919 % 1000003 as id, 'customer' || (i * 104729 % 1000003) || '@example.com' as email,
    case i % 5 when 0 then 'Margarete' when 1 then 'Ann' when 2 then 'Zoë' when 3 then 'Anneliese'
        else 'Bo' end as first_name,
    (i * 104729 % 10000000) / 100.0 as revenue,
    datetime('2026-01-01', (i * 15485863 % 28000000) || ' seconds') as last_seen,
    i % 500 as orders from number"""


def window_home(world):
    """The environment of the window's user, who trusts the sample in it. Made once."""
    home = os.path.join(world.folder, "states", "window")
    environment = {"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                   "XDG_STATE_HOME": os.path.join(home, "state"),
                   "XDG_CONFIG_HOME": os.path.join(home, "config"),
                   "XDG_DATA_HOME": os.path.join(home, "data"), "HEADGATE_SAMPLE_KEY": "any",
                   "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    if "DISPLAY" in os.environ:
        environment["DISPLAY"] = os.environ["DISPLAY"]
    if not os.path.isdir(home):
        os.makedirs(home)
        make_sample(world, environment)
    return environment


def sample(world):
    return os.path.join(world.folder, "states", "window", "sample")


def make_sample(world, environment):
    """The sample with a record of a thousand rows, which is the first, and a table of a million."""
    folder = sample(world)
    done([world.program("headgate"), "init", folder, "--sample"], environment)
    done([world.program("headgate"), "trust"], environment, folder)
    with sqlite3.connect(os.path.join(folder, "warehouse.sqlite")) as warehouse:
        warehouse.execute(ADD_VIEWS, {"count": VIEWS})
        warehouse.execute(ADD_MILLION, {"count": MILLION})
    warehouse.close()
    with open(os.path.join(folder, "syncs/recently-viewed.json"), encoding="utf-8") as file:
        sync = json.load(file)
    for field in sync["shape"]["fields"]:
        if field["kind"] == "list":
            del field["limit"], field["distinct"]
    write(folder, "syncs/recently-viewed.json", json.dumps(sync, indent=2, ensure_ascii=False))
    write(folder, "models/million.json", json.dumps(
        {"id": "m" * 16, "name": "A million", "source": "warehouse", "rowKey": ["id"]}, indent=2))
    write(folder, "models/million.sql", "select * from million\n")


def write(folder, path, text):
    with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
        file.write(text + ("" if text.endswith("\n") else "\n"))


def values_of(usage):
    """The lines "name value" that a program printed; values by name, in order."""
    values = collections.defaultdict(list)
    for line in usage.output.splitlines():
        name, value = line.split()
        values[name].append(float(value))
    return values


def window(world, mode, argument):
    environment = window_home(world)
    memory = os.path.join(environment["HOME"], "window.ini")
    return done([world.program("bench_window"), mode, sample(world), memory, argument], environment)


def seconds_until_usable(run):
    """From before the process is made; its clock is ours."""
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    usage = run()
    return values_of(usage)["usable_at"][0] - began, usage


def window_start(world, repeats):
    """The program with a project, until the page in front is painted with what is in it."""
    def empty():
        return done([world.program("bench_empty_window")], window_home(world))

    figures = []
    for page, what in (("overview", "the overview"), ("shape", "the shape editor, a record in it")):
        for each in (empty, lambda: window(world, "start", page)):
            each()  # files are in memory, and the page is the one in front
        bases, starts, usages = [], [], []
        for _ in range(2 * repeats):
            bases.append(seconds_until_usable(empty)[0])
            seconds, usage = seconds_until_usable(lambda: window(world, "start", page))
            starts.append(seconds)
            usages.append(usage)
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        figures.append(Figure(
            f"start to a usable window, {what}: time against an empty Qt main window ({platform})",
            [start / base for start, base in zip(starts, bases)],
            2.0 if page == "overview" else None, 1.5 if page == "overview" else None,
            less_is_more=True, ours=f"{statistics.median(starts):.3f} s",
            base=f"{statistics.median(bases):.3f} s", cpu=median(usages, "cpu"),
            peak=peak(usages)))
    return figures


def window_edit(world, repeats):
    """An edit of a shape, until the payload of a record of a thousand rows is painted."""
    usages = [window(world, "edit", "recently-viewed") for _ in range(repeats)]
    values = [values_of(usage) for usage in usages]
    every = sorted(each for value in values for each in value["edit_ms"])
    return [Figure(f"edit to payload, a record of {VIEWS:,} rows",
                   [statistics.median(value["edit_ms"]) for value in values], 16, 8,
                   less_is_more=True, unit=" ms",
                   ours=f"95 of 100 within {every[len(every) * 95 // 100]:.1f} ms; "
                        f"{values[0]['bytes'][0] / 1024:.0f} KiB of payload",
                   cpu=median(usages, "cpu"), peak=peak(usages))]


def window_rows(world, repeats):
    """A million rows in the window: how long it stands still, at most."""
    usages = [window(world, "rows", "million") for _ in range(repeats)]
    values = [values_of(usage) for usage in usages]
    stalls = {name: statistics.median(value[name][0] for value in values)
              for name in values[0] if name.endswith("_stall_ms")}

    def longest(*names):
        return [max(value[name + "_stall_ms"][0] for name in names) for value in values]

    def took(name):
        return f"{statistics.median(value[name + '_ms'][0] for value in values) / 1000:.2f} s"

    figures = []
    for what, names, ours in (
            ("while they are read", [name[:-len("_stall_ms")] for name in stalls
                                     if name.startswith("load")],
             f"read after {took('load_1000000')}"),
            ("while they are scrolled", ["scroll"], "300 places"),
            ("while they are sorted and filtered",
             ["sort_number", "sort_text", "filter", "filter_off"],
             f"by number {took('sort_number')}, by text {took('sort_text')}, "
             f"filtered {took('filter')}")):
        figures.append(Figure(f"a million rows in the window, longest stall {what}",
                              longest(*names), 100, 50, less_is_more=True, unit=" ms", ours=ours,
                              cpu=median(usages, "cpu"), peak=peak(usages)))
    return figures


def manifest_file(world):
    """A manifest as dbt 1.8 writes it, of MANIFEST_BYTES. Made once."""
    path = os.path.join(world.folder, f"manifest-{MANIFEST_BYTES}.json")
    if os.path.exists(path):
        return path
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write('{"metadata": {"dbt_schema_version": '
                   '"https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.8.2", '
                   '"project_name": "shop", "adapter_type": "postgres"}, "nodes": {')
        number = 0
        while file.tell() < MANIFEST_BYTES * 0.8:
            file.write((", " if number else "") + manifest_nodes(number))
            number += 1
        # What links nodes, of which nothing is wanted.
        links = {f"model.shop.model_{i}": [f"model.shop.model_{i - 1}", f"test.shop.unique_{i}"]
                 for i in range(number)}
        file.write('}, "parent_map": ' + json.dumps(links))
        written = 0
        while file.tell() < MANIFEST_BYTES:
            file.write(f', "macros_{written}": ' + json.dumps(
                {f"macro.dbt.{i}": {"name": f"macro_{i}", "macro_sql": "{% macro m() %}" + "x " * 900}
                 for i in range(100)}))
            written += 1
        file.write("}")
    os.rename(path + ".part", path)
    return path


def manifest_nodes(number):
    """A model with its columns, and a test of it."""
    name = f"model_{number}"
    sql = "\n".join(f"select id_{i}, {name}.column_{i} as \"c {i}\" from shop.raw.{name}"
                    for i in range(40))
    model = {
        "resource_type": "model", "name": name, "package_name": "shop", "path": f"{name}.sql",
        "unique_id": f"model.shop.{name}", "fqn": ["shop", "marts", name],
        "checksum": {"name": "sha256", "checksum": f"{number:064x}"},
        "config": {"enabled": True, "materialized": "table", "tags": [], "meta": {}},
        "description": f"What the shop knows of {name}. " * 3, "raw_code": sql,
        "relation_name": f'"shop"."marts"."{name}"', "compiled_code": sql,
        "columns": {f"column_{i}": {"name": f"column_{i}", "data_type": "text", "meta": {},
                                    "description": "As the till wrote it.", "constraints": [],
                                    "quote": None, "tags": []} for i in range(20)},
        "depends_on": {"macros": [], "nodes": [f"model.shop.model_{number - 1}"]}}
    test = {"resource_type": "test", "name": f"unique_{number}", "package_name": "shop",
            "attached_node": f"model.shop.{name}", "column_name": "column_0",
            "test_metadata": {"name": "unique", "kwargs": {"column_name": "column_0"}},
            "raw_code": "{{ test_unique(**_dbt_generic_test_kwargs) }}", "config": {}}
    return (f'"model.shop.{name}": {json.dumps(model)}, '
            f'"test.shop.unique_{number}": {json.dumps(test)}')


def manifest(world, repeats):
    """A large manifest of dbt, against Python's own reader of JSON."""
    path = manifest_file(world)
    script = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"
    bases, usages = [], []
    for _ in range(repeats):
        bases.append(done(["python3", "-c", script, path]))
        usages.append(done([world.program("bench_read_manifest"), path]))
    models, sql = map(int, usages[0].output.split())
    expect(models > 1000, True, "more than a thousand models in the manifest")
    ours = (f"{median(usages):.2f} s; {models:,} models with {sql / (1 << 20):.0f} MiB of SQL")
    base = f"Python's json.load: {median(bases):.2f} s, {peak(bases):.0f} MiB"
    return [Figure("a dbt manifest of 100 MiB: time against json.load",
                   [usage.wall / each.wall for usage, each in zip(usages, bases)],
                   less_is_more=True, ours=ours, base=base, cpu=median(usages, "cpu"),
                   peak=peak(usages))]


WINDOW_MEASURES = {each.__name__: each for each in
                   (window_start, window_edit, window_rows, manifest)}
