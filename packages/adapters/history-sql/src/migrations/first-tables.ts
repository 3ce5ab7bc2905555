/** Step 1: every table of history, in words that SQLite and PostgreSQL share; indexes for each route that reads them. */
export const FIRST_TABLES: readonly string[] = [
  `create table history_checkpoint (
    "id" bigint not null primary key, "venue_id" text not null, "seq" bigint not null, "time_micros" bigint not null
  )`,
  `create table orders (
    "order_id" bigint not null, "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "market" bigint not null,
    "client_id" bigint not null, "side" bigint not null, "order_kind" bigint not null, "time_in_force" bigint not null,
    "is_post_only" bigint not null, "is_reduce_only" bigint not null, "self_trade_prevention" bigint not null,
    "price_ticks" bigint not null, "quantity_lots" bigint not null, "quote_atoms" bigint not null, "executed_lots" bigint not null,
    "executed_quote_atoms" bigint not null, "status" bigint not null, "expiry_reason" bigint not null,
    "created_at_micros" bigint not null, "triggered_at_micros" bigint not null, "trigger_by" bigint not null,
    "trigger_price_ticks" bigint not null, "trigger_quantity" bigint not null, "trigger_is_percent" bigint not null,
    "take_profit_trigger_ticks" bigint not null, "take_profit_trigger_by" bigint not null, "take_profit_limit_ticks" bigint not null,
    "stop_loss_trigger_ticks" bigint not null, "stop_loss_trigger_by" bigint not null, "stop_loss_limit_ticks" bigint not null,
    "slippage_kind" bigint not null, "slippage_tolerance" double precision not null, "related_order_id" bigint not null,
    "origin" bigint not null, "updated_seq" bigint not null, "updated_at_micros" bigint not null, primary key ("order_id")
  )`,
  `create table fills (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "market" bigint not null, "trade_id" bigint not null,
    "order_id" bigint not null, "client_id" bigint not null, "side" bigint not null, "price_ticks" bigint not null,
    "quantity_lots" bigint not null, "fee_atoms" bigint not null, "is_maker" bigint not null, "origin" bigint not null,
    "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table positions (
    "account" bigint not null, "market" bigint not null, "position_id" bigint not null, "seq" bigint not null, "ix" bigint not null,
    "entry_cost_atoms" bigint not null, "entry_lots" bigint not null, "size_lots" bigint not null,
    "realized_pnl_atoms" bigint not null, "funding_atoms" bigint not null, "fees_atoms" bigint not null, "closed_lots" bigint not null,
    "open_bid_lots" bigint not null, "open_ask_lots" bigint not null, "opened_at_micros" bigint not null,
    "closed_at_micros" bigint not null, "closing_ticks" bigint not null, "updated_seq" bigint not null,
    primary key ("account", "market", "position_id")
  )`,
  `create table funding_payments (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "market" bigint not null, "amount_atoms" bigint not null,
    "rate_ppb" bigint not null, "size_lots" bigint not null, "hour_end_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table funding_rates (
    "seq" bigint not null, "ix" bigint not null, "market" bigint not null, "rate_ppb" bigint not null, "is_paid" bigint not null,
    "hour_end_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table interest_payments (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "asset" bigint not null, "side" bigint not null,
    "amount_atoms" bigint not null, "rate" double precision not null, "hour_end_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table borrow_lend_moves (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "asset" bigint not null, "event_type" bigint not null,
    "quantity_atoms" bigint not null, "source" bigint not null, "position_atoms" bigint not null, "position_id" bigint not null,
    "order_id" bigint not null, "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table borrow_lend_positions (
    "account" bigint not null, "asset" bigint not null, "position_id" bigint not null, "seq" bigint not null, "ix" bigint not null,
    "side" bigint not null, "quantity_atoms" bigint not null, "source" bigint not null, "opened_at_micros" bigint not null,
    "closed_at_micros" bigint not null, "updated_seq" bigint not null, primary key ("account", "asset", "position_id")
  )`,
  `create table settlements (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "source" bigint not null, "amount_atoms" bigint not null,
    "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table epochs (
    "seq" bigint not null, "ix" bigint not null, "epoch" bigint not null, "accounts" bigint not null, "borrows_atoms" bigint not null,
    "fees_atoms" bigint not null, "fund_atoms" bigint not null, "closed_at_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table epoch_markets (
    "seq" bigint not null, "ix" bigint not null, "epoch" bigint not null, "market" bigint not null, "mark_ticks" bigint not null,
    "gains_atoms" bigint not null, "losses_atoms" bigint not null, primary key ("seq", "ix")
  )`,
  `create table deposits (
    "seq" bigint not null, "ix" bigint not null, "deposit" bigint not null, "account" bigint not null, "asset" bigint not null,
    "amount_atoms" bigint not null, "is_faucet" bigint not null, "reference" text not null, "from_address" text not null,
    "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table withdrawals (
    "withdrawal" bigint not null, "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "asset" bigint not null,
    "quantity_atoms" bigint not null, "fee_atoms" bigint not null, "status" bigint not null, "release_at_micros" bigint not null,
    "requested_at_micros" bigint not null, "address" text not null, "blockchain" text not null, "client_reference" text not null,
    "transaction_hash" text not null, "updated_seq" bigint not null, primary key ("withdrawal")
  )`,
  `create table dust_conversions (
    "seq" bigint not null, "ix" bigint not null, "conversion" bigint not null, "account" bigint not null, "asset" bigint not null,
    "quantity_atoms" bigint not null, "usdc_atoms" bigint not null, "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table transfers (
    "seq" bigint not null, "ix" bigint not null, "from_account" bigint not null, "to_account" bigint not null, "asset" bigint not null,
    "quantity_atoms" bigint not null, "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table accounts (
    "seq" bigint not null, "ix" bigint not null, "account" bigint not null, "user" bigint not null, "sub_index" bigint not null,
    "is_sandbox" bigint not null, "created_at_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table trades (
    "seq" bigint not null, "ix" bigint not null, "market" bigint not null, "trade_id" bigint not null, "price_ticks" bigint not null,
    "quantity_lots" bigint not null, "quote_atoms" bigint not null, "buyer_order_id" bigint not null,
    "seller_order_id" bigint not null, "is_buyer_maker" bigint not null, "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table candles (
    "market" bigint not null, "price_type" bigint not null, "interval" text not null, "start_micros" bigint not null,
    "open" double precision not null, "high" double precision not null, "low" double precision not null,
    "close" double precision not null, "volume_lots" bigint not null, "quote_atoms" bigint not null, "trades" bigint not null,
    primary key ("market", "price_type", "interval", "start_micros")
  )`,
  `create table pool_minutes (
    "asset" bigint not null, "minute_micros" bigint not null, "pool_state" bigint not null, "lent_atoms" bigint not null,
    "borrowed_atoms" bigint not null, "lend_rate" double precision not null, "borrow_rate" double precision not null,
    "utilization" double precision not null, primary key ("asset", "minute_micros")
  )`,
  'create index orders_by_account on orders ("account", "seq", "ix")',
  'create index orders_by_market on orders ("account", "market", "seq", "ix")',
  'create index fills_by_account on fills ("account", "seq", "ix")',
  'create index fills_by_market on fills ("account", "market", "seq", "ix")',
  'create index fills_by_order on fills ("account", "order_id", "seq", "ix")',
  'create index fills_by_time on fills ("account", "time_micros")',
  'create index positions_by_account on positions ("account", "seq", "ix")',
  'create index funding_payments_by_account on funding_payments ("account", "seq", "ix")',
  'create index funding_payments_by_market on funding_payments ("account", "market", "seq", "ix")',
  'create index funding_rates_by_market on funding_rates ("market", "seq", "ix")',
  'create index interest_payments_by_account on interest_payments ("account", "seq", "ix")',
  'create index interest_payments_by_asset on interest_payments ("account", "asset", "side", "seq", "ix")',
  'create index borrow_lend_moves_by_account on borrow_lend_moves ("account", "seq", "ix")',
  'create index borrow_lend_moves_by_asset on borrow_lend_moves ("account", "asset", "seq", "ix")',
  'create index borrow_lend_positions_by_account on borrow_lend_positions ("account", "seq", "ix")',
  'create index borrow_lend_positions_by_side on borrow_lend_positions ("account", "asset", "side", "position_id")',
  'create index settlements_by_account on settlements ("account", "seq", "ix")',
  'create index settlements_by_source on settlements ("account", "source", "seq", "ix")',
  'create index epoch_markets_by_epoch on epoch_markets ("epoch")',
  'create index deposits_by_account on deposits ("account", "seq", "ix")',
  'create index withdrawals_by_account on withdrawals ("account", "seq", "ix")',
  'create index dust_conversions_by_account on dust_conversions ("account", "seq", "ix")',
  'create index transfers_from_account on transfers ("from_account", "seq", "ix")',
  'create index transfers_to_account on transfers ("to_account", "seq", "ix")',
  'create index accounts_by_user on accounts ("user", "seq", "ix")',
  'create index trades_by_market on trades ("market", "seq", "ix")',
];
