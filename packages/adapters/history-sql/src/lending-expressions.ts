/** What of lends and debts is added up when it is read, so that writing never looks back. */
import { sql } from 'kysely';

// Sequences are below 2^53.
const FOREVER = sql.raw('9007199254740991');

/** Lend or debt an interest payment `t` is of: the latest of its account, asset and side that had begun. */
export const paymentPositionId = sql`coalesce((
  select max(p.position_id) from borrow_lend_positions as p
  where p.account = t.account and p.asset = t.asset and p.side = t.side and p.position_id <= t.seq
), 0)`;

/** The hours of interest of a lend or debt `t`: from its beginning to that of the next one. */
const hoursOf = sql`from interest_payments as i
  where i.account = t.account and i.asset = t.asset and i.side = t.side and i.seq >= t.position_id and i.seq < coalesce((
    select min(q.position_id) from borrow_lend_positions as q
    where q.account = t.account and q.asset = t.asset and q.side = t.side and q.position_id > t.position_id
  ), ${FOREVER})`;

/** Interest so far, as text. */
export const positionInterest = sql`(select cast(coalesce(sum(i.amount_atoms), 0) as text) ${hoursOf})`;

/** Mean rate of its hours. */
export const positionRate = sql`(select coalesce(avg(i.rate), 0) ${hoursOf})`;

/** Funding of a position `t` of a perpetual: what its last event said and what was paid since. */
export const positionFunding = sql`case when t.closed_at_micros > 0 then t.funding_atoms else cast(t.funding_atoms + coalesce((
  select sum(f.amount_atoms) from funding_payments as f
  where f.account = t.account and f.market = t.market and f.seq > t.updated_seq
), 0) as bigint) end`;
