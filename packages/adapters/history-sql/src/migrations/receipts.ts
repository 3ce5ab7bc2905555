/** Step 2: receipts, read by account, newest first. */
export const RECEIPTS: readonly string[] = [
  `create table receipts (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "receipt" bigint not null, "role" bigint not null,
    "kind" bigint not null, "market" bigint not null, "asset" bigint not null, "stage" bigint not null,
    "rule_version" bigint not null, "acts_omitted" bigint not null, "lines" text not null, "time_micros" bigint not null,
    primary key ("seq", "ix")
  )`,
  `create index receipts_by_account on receipts ("account", "seq", "ix")`,
];
