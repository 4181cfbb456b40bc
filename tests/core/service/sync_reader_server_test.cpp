// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sync_reader_project.h"
#include "fakes/test_servers.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::service;

TEST(SyncReaderServers, oneRecordIsMadeOfThreeKindsOfWarehouse)
{
    SyncReaderProject world;
    fakes::runOnPostgres("drop table if exists hg_reader_customers; "
                         "create table hg_reader_customers (id numeric(20,0) primary key, email "
                         "text, plan_id uuid); insert into hg_reader_customers values "
                         "(9007199254740993,'a@x','0B9C2F7E-0000-4000-8000-000000000001'),"
                         "(2,'b@x',null)");
    fakes::runOnMariadb("drop table if exists hg_reader_views");
    fakes::runOnMariadb("create table hg_reader_views (view_id int primary key, customer bigint, "
                        "sku varchar(20), price decimal(8,2))");
    fakes::runOnMariadb("insert into hg_reader_views values (1,9007199254740993,'s1',5.50),"
                        "(2,9007199254740992,'not hers',1),(3,9007199254740993,'s2',19.99)");
    fakes::runOnSqlite(world.path("crm.sqlite"),
                       "create table plans (plan_id text primary key, plan text); insert into "
                       "plans values ('0b9c2f7e-0000-4000-8000-000000000001','gold')");
    world.addSource("shop", fakes::postgresOptions());
    world.addSource("web", fakes::mariadbOptions());
    world.addSource("crm", fakes::sqliteOptions(world.path("crm.sqlite")));
    world.addModel("customers", "shop", "select * from hg_reader_customers", "id");
    world.addModel("views", "web", "select * from hg_reader_views", "view_id");
    world.addModel("plans", "crm", "select * from plans", "plan_id");
    world.relate("views", project::RelatedKind::ToMany, "id", "customer");
    world.relate("plans", project::RelatedKind::ToOne, "plan_id", "plan_id");
    EXPECT_EQ(world.read(),
              (SyncReaderProject::Payloads{
                  {"2", R"({"email":"b@x","plan":"none","viewed":[]})"},
                  {"9007199254740993",
                   R"({"email":"a@x","plan":"gold","viewed":[{"sku":"s2","price":19.99,"by":"a@x"})"
                   R"(,{"sku":"s1","price":5.50,"by":"a@x"}]})"}}));
    fakes::runOnPostgres("drop table hg_reader_customers");
    fakes::runOnMariadb("drop table hg_reader_views");
}
