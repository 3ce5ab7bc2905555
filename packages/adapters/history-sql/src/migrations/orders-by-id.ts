/**
 * Step 5, of SQLite alone: the id of an order is the number of its row. Under another type, as step 1 has it, the table had a
 * second tree for its key, in which every row is sought and put.
 */
import { FIRST_TABLES } from './first-tables.ts';

const ORDERS = 'create table orders (';
const ORDER_ID = '"order_id" bigint not null,';

/** The statements. */
export const ORDERS_BY_ID: readonly string[] = [
  ...FIRST_TABLES.filter((statement) => statement.startsWith(ORDERS)).map((statement) =>
    statement.replace(ORDERS, 'create table orders_by_id (').replace(ORDER_ID, '"order_id" integer not null,'),
  ),
  'insert into orders_by_id select * from orders',
  'drop table orders',
  'alter table orders_by_id rename to orders',
  ...FIRST_TABLES.filter((statement) => /^create index \w+ on orders /.test(statement)),
];
