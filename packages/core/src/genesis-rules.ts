/**
 * The rules of a venue's constitution beyond its shape: what one value owes another (accounts rules 2 and 5, lending rules 3,
 * perpetuals rules 1 to 3). Run before a genesis is accepted and before parameters change (`listing-change.ts`).
 */
import { type ConfigFault, checkFeeTiers } from '@mochila/math';
import type { Genesis } from '@mochila/protocol';
import { asPpm } from '@mochila/units';
import { assetProblems } from './genesis-asset-rules.ts';
import { marketProblems } from './genesis-market-rules.ts';
import { type GenesisFault, hasGenesisShape } from './genesis-shape.ts';
import { FIRST_CUSTOMER_ACCOUNT } from './ledger/accounts.ts';

export type { GenesisFault };

const SECONDS_PER_HOUR = 3_600;

/**
 * Finds every broken rule of a genesis.
 *
 * @param value - what a configuration or journal says, parsed from JSON.
 * @returns empty when it is a valid genesis; problems of shape hide the other rules.
 * @example checkGenesis({ ...genesis, settleEverySeconds: 7 }) // [{ path: 'settleEverySeconds', value: 7, rule: 'divides an hour (3600)' }]
 */
export function checkGenesis(value: unknown): GenesisFault[] {
  const problems: GenesisFault[] = [];
  if (hasGenesisShape(value, problems)) addRules(value, problems);
  return problems;
}

/** True when the value is a valid genesis. */
export function isGenesis(value: unknown): value is Genesis {
  return checkGenesis(value).length === 0;
}

function addRules(genesis: Genesis, problems: GenesisFault[]): void {
  for (const [at, listing] of genesis.assets.entries()) problems.push(...assetProblems(genesis, listing, `assets[${at}]`));
  for (const [at, listing] of genesis.markets.entries()) problems.push(...marketProblems(genesis, listing, `markets[${at}]`));
  addDouble(
    problems,
    'assets',
    genesis.assets.map(({ symbol }) => symbol),
  );
  addDouble(
    problems,
    'markets',
    genesis.markets.map(({ symbol }) => symbol),
  );
  addDouble(
    problems,
    'prices.sources',
    genesis.prices.sources.map(({ name }) => name),
  );
  addPriceRules(genesis, problems);
  addFeeRules(genesis, problems);
  addVenueRules(genesis, problems);
}

function addPriceRules(genesis: Genesis, problems: GenesisFault[]): void {
  const { sources, freshSourcesMin } = genesis.prices;
  const path = 'prices.freshSourcesMin';
  if (freshSourcesMin > sources.length)
    problems.push({ path, value: freshSourcesMin, rule: `is at most the number of sources (${sources.length})` });
  if (genesis.prices.marks !== 'layered' && !genesis.sandbox)
    problems.push({ path: 'prices.marks', value: genesis.prices.marks, rule: "is 'layered' where money is real" });
  if (!sources.some(({ quote }) => quote === 'USDT') && !genesis.assets.some(({ symbol }) => symbol === 'USDT')) return;
  const dollars = sources.filter(({ quote }) => quote !== 'USDT').length;
  if (freshSourcesMin > dollars) {
    problems.push({
      path,
      value: freshSourcesMin,
      rule: `is at most the number of sources that quote in USD or USDC (${dollars}): they price USDT`,
    });
  }
  if (!genesis.assets.some(({ symbol }) => symbol === 'USDT'))
    problems.push({ path: 'assets', value: null, rule: 'list USDT, which a source quotes in' });
}

function addFeeRules(genesis: Genesis, problems: GenesisFault[]): void {
  const tiers = genesis.feeTiers;
  const spot = tiers.map((tier) => ({ maker: asPpm(tier.spotMakerPpm), taker: asPpm(tier.spotTakerPpm) }));
  const perp = tiers.map((tier) => ({ maker: asPpm(tier.perpMakerPpm), taker: asPpm(tier.perpTakerPpm) }));
  addFault(problems, 'feeTiers', tiers, checkFeeTiers(spot));
  addFault(problems, 'feeTiers', tiers, checkFeeTiers(perp));
  for (const [at, tier] of tiers.entries()) {
    const before = tiers[at - 1];
    const isRising = before === undefined ? tier.volumeUsd === 0 : tier.volumeUsd > before.volumeUsd;
    const words = before === undefined ? 'is 0 in the first tier' : `is above ${before.volumeUsd}, that of the tier before`;
    if (!isRising) problems.push({ path: `feeTiers[${at}].volumeUsd`, value: tier.volumeUsd, rule: words });
  }
}

function addVenueRules(genesis: Genesis, problems: GenesisFault[]): void {
  const { account, limits, settleEverySeconds } = genesis;
  const require = (holds: boolean, path: string, value: unknown, rule: string): void => {
    if (!holds) problems.push({ path, value, rule });
  };
  const { leverageLimitDefault, leverageLimitMax, withdrawalDelayHours, withdrawalDelayHoursMax } = account;
  require(leverageLimitDefault <=
    leverageLimitMax, 'account.leverageLimitDefault', leverageLimitDefault, `is at most leverageLimitMax (${leverageLimitMax})`);
  require(withdrawalDelayHours <=
    withdrawalDelayHoursMax, 'account.withdrawalDelayHours', withdrawalDelayHours, `is at most withdrawalDelayHoursMax (${withdrawalDelayHoursMax})`);
  const isDivisor = Math.floor(SECONDS_PER_HOUR / settleEverySeconds) * settleEverySeconds === SECONDS_PER_HOUR;
  require(isDivisor, 'settleEverySeconds', settleEverySeconds, 'divides an hour (3600)');
  require(limits.accounts >
    FIRST_CUSTOMER_ACCOUNT, 'limits.accounts', limits.accounts, `is above ${FIRST_CUSTOMER_ACCOUNT}, the venue's own accounts`);
  const holdings = FIRST_CUSTOMER_ACCOUNT * genesis.assets.length;
  require(limits.holdings >= holdings, 'limits.holdings', limits.holdings, `is at least ${holdings}, the venue's own balances`);
  const usdc = genesis.assets.find(({ symbol }) => symbol === 'USDC');
  require(usdc !== undefined, 'assets', null, 'list USDC, the settlement asset');
  require(usdc?.pool !== null, 'assets', 'USDC', 'give USDC a pool: a settlement may borrow it');
  require(usdc?.redemption === null || usdc === undefined, 'assets', 'USDC', 'price USDC by nothing but itself');
}

function addDouble(problems: GenesisFault[], path: string, names: readonly string[]): void {
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) !== at) problems.push({ path: `${path}[${at}]`, value: name, rule: 'names each once' });
  }
}

function addFault(problems: GenesisFault[], path: string, value: unknown, fault: ConfigFault): void {
  if (fault !== undefined) problems.push({ path, value, rule: fault });
}
