import type { Genesis } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { checkGenesis, isGenesis } from './genesis-rules.ts';
import { SmallMarket, smallGenesis } from './testing/small-genesis.ts';

/** The paths of what is wrong after a change of the small venue. */
function broken(change: (genesis: Genesis) => void): string[] {
  const genesis = smallGenesis();
  change(genesis);
  return checkGenesis(genesis).map(({ path }) => path);
}

function perpOf(genesis: Genesis) {
  const { perp } = genesis.markets[SmallMarket.BTC_USDC_PERP]!;
  if (perp === null) throw new Error('the small venue has a perpetual');
  return perp;
}

describe('a genesis', () => {
  it('of the small venue is valid', () => {
    expect(checkGenesis(smallGenesis())).toEqual([]);
    expect(isGenesis(JSON.parse(JSON.stringify(smallGenesis())))).toBe(true);
  });

  it('is refused with the path, the value and the allowed range', () => {
    const genesis = smallGenesis();
    perpOf(genesis).imf.base = 7;
    expect(checkGenesis(genesis)).toEqual([{ path: 'markets[4].perp.imf.base', value: 7, rule: 'is a number above 0, at most 1' }]);
    expect(checkGenesis({ ...smallGenesis(), settleEverySeconds: 7 })).toEqual([
      { path: 'settleEverySeconds', value: 7, rule: 'divides an hour (3600)' },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'genesis'],
    ['a list', []],
    ['null', null],
  ])('is an object: %s is refused', (_, value) => {
    expect(checkGenesis(value)).toMatchObject([{ path: '' }]);
  });

  it('has all fields and no other', () => {
    const { seed: _, ...without } = smallGenesis();
    expect(checkGenesis(without)).toMatchObject([{ path: 'seed', value: undefined }]);
    expect(checkGenesis({ ...smallGenesis(), seeed: 1 })).toMatchObject([{ path: 'seeed', value: 1 }]);
    expect(checkGenesis({ ...smallGenesis(), constructor: 1 })).toMatchObject([{ path: 'constructor' }]);
  });

  const rules: readonly (readonly [string, string, (genesis: Genesis) => void])[] = [
    [
      'k is whole',
      'markets[4].tickSize',
      (genesis) => {
        genesis.markets[4]!.tickSize = '0.01';
      },
    ],
    [
      'a tick is above 0',
      'markets[4].tickSize',
      (genesis) => {
        genesis.markets[4]!.tickSize = '0';
      },
    ],
    [
      'a lot is whole base atoms',
      'markets[6].lotSize',
      (genesis) => {
        Object.assign(genesis.markets[6]!, { lotSize: '0.0000000001', tickSize: '10000' });
      },
    ],
    [
      'largest notional below 2^52',
      'markets[4].maxQuantityLots',
      (genesis) => {
        genesis.markets[4]!.maxQuantityLots = 450_359_963;
        genesis.markets[4]!.maxPriceTicks = 10_000_000;
        genesis.markets[4]!.maxQuantityLots += 1_000;
      },
    ],
    [
      'largest price fits a column',
      'markets[4].maxPriceTicks',
      (genesis) => {
        genesis.markets[4]!.maxPriceTicks = 2 ** 31;
      },
    ],
    [
      'smallest quantity at most the largest',
      'markets[0].minQuantityLots',
      (genesis) => {
        genesis.markets[0]!.minQuantityLots = 200_000_000;
      },
    ],
    [
      '1.1 * MMF base <= IMF base',
      'markets[4].perp.mmf',
      (genesis) => {
        perpOf(genesis).mmf.base = 0.0183;
      },
    ],
    [
      '1.1 * MMF factor <= IMF factor',
      'markets[4].perp.mmf',
      (genesis) => {
        perpOf(genesis).mmf.factor = 0.000055;
      },
    ],
    [
      '1.1 * MMF <= IMF for borrows',
      'assets[2].borrowMmf',
      (genesis) => {
        genesis.assets[2]!.borrowMmf.base = 0.19;
      },
    ],
    [
      'premium bound at most half the base IMF',
      'markets[4].perp.premiumBound',
      (genesis) => {
        perpOf(genesis).premiumBound = 0.0101;
      },
    ],
    [
      'rebate at most the smallest taker fee',
      'feeTiers',
      (genesis) => {
        genesis.feeTiers[2]!.perpMakerPpm = -251;
      },
    ],
    [
      'rebate at most the smallest taker fee on spot',
      'feeTiers',
      (genesis) => {
        genesis.feeTiers[2]!.spotMakerPpm = -401;
      },
    ],
    [
      'tiers rise',
      'feeTiers[1].volumeUsd',
      (genesis) => {
        genesis.feeTiers[1]!.volumeUsd = 0;
      },
    ],
    [
      'the first tier starts at 0',
      'feeTiers[0].volumeUsd',
      (genesis) => {
        genesis.feeTiers[0]!.volumeUsd = 1;
      },
    ],
    [
      'weights above 0',
      'assets[1].weight.weight',
      (genesis) => {
        genesis.assets[1]!.weight = { kind: 'identity', weight: 0 };
      },
    ],
    [
      'weights at most 1',
      'assets[1].weight.weight',
      (genesis) => {
        genesis.assets[1]!.weight = { kind: 'identity', weight: 1.01 };
      },
    ],
    [
      'rates rise with utilisation',
      'assets[0].pool',
      (genesis) => {
        genesis.assets[0]!.pool!.rMin = 0.09;
      },
    ],
    [
      'throttle below the bound',
      'assets[0].pool.throttleThreshold',
      (genesis) => {
        genesis.assets[0]!.pool!.throttleThreshold = 0.96;
      },
    ],
    [
      'amounts fit the ledger',
      'assets[0].faucetGrant',
      (genesis) => {
        genesis.assets[0]!.faucetGrant = '0.0000001';
      },
    ],
    [
      'withdrawal fees fit the ledger',
      'assets[0].tokens[0].withdrawalFee',
      (genesis) => {
        genesis.assets[0]!.tokens[0]!.withdrawalFee = '0.0000001';
      },
    ],
    [
      'amounts are in quotes and no exponents',
      'fundGrant',
      (genesis) => {
        genesis.fundGrant = '1e6';
      },
    ],
    [
      'amounts are not negative',
      'fundGrant',
      (genesis) => {
        genesis.fundGrant = '-1';
      },
    ],
    [
      'a numeric default',
      'account.leverageLimitDefault',
      (genesis) => {
        genesis.account.leverageLimitDefault = 50;
        genesis.account.leverageLimitMax = 25;
      },
    ],
    [
      'leverage at most 50',
      'account.leverageLimitMax',
      (genesis) => {
        genesis.account.leverageLimitMax = 51;
      },
    ],
    [
      'withdrawal delay at most its maximum',
      'account.withdrawalDelayHours',
      (genesis) => {
        genesis.account.withdrawalDelayHours = 721;
      },
    ],
    [
      'NaN is no number',
      'prices.clampFraction',
      (genesis) => {
        genesis.prices.clampFraction = Number.NaN;
      },
    ],
    [
      'enough sources',
      'prices.freshSourcesMin',
      (genesis) => {
        genesis.prices.freshSourcesMin = 5;
        genesis.prices.sources[3]!.quote = 'USD';
        genesis.prices.sources[3]!.name = 'delta';
      },
    ],
    [
      'enough dollar sources for USDT',
      'prices.freshSourcesMin',
      (genesis) => {
        genesis.prices.sources[2]!.quote = 'USDT';
      },
    ],
    [
      'sources named once',
      'prices.sources[1]',
      (genesis) => {
        genesis.prices.sources[1]!.name = 'alpha';
      },
    ],
    [
      'assets named once',
      'assets[5]',
      (genesis) => {
        genesis.assets.push({ ...genesis.assets[4]! });
      },
    ],
    [
      'markets named once',
      'markets[7]',
      (genesis) => {
        genesis.markets.push({ ...genesis.markets[4]! });
      },
    ],
    [
      'bases listed',
      'markets[2].base',
      (genesis) => {
        Object.assign(genesis.markets[2]!, { base: 'DOGE', symbol: 'DOGE_USDC' });
      },
    ],
    [
      'quotes listed',
      'markets[2].quote',
      (genesis) => {
        Object.assign(genesis.markets[2]!, { quote: 'EUR', symbol: 'SOL_EUR' });
      },
    ],
    [
      'perpetuals quoted in USDC',
      'markets[6].quote',
      (genesis) => {
        Object.assign(genesis.markets[6]!, { quote: 'USDT', symbol: 'SOL_USDT_PERP' });
      },
    ],
    [
      'symbols say what they are',
      'markets[6].symbol',
      (genesis) => {
        genesis.markets[6]!.symbol = 'SOL_PERP';
      },
    ],
    [
      'perpetuals have margins',
      'markets[6].perp',
      (genesis) => {
        genesis.markets[6]!.perp = null;
      },
    ],
    [
      'bands hold the reference',
      'markets[0].limitBand.min',
      (genesis) => {
        genesis.markets[0]!.limitBand = { min: 1.01, max: 1.02 };
      },
    ],
    [
      'redemption by another asset',
      'assets[4].redemption.underlying',
      (genesis) => {
        genesis.assets[4]!.redemption = { underlying: 'SOL', rate: '1.1' };
      },
    ],
    [
      'redemption at a rate',
      'assets[4].redemption.rate',
      (genesis) => {
        genesis.assets[4]!.redemption = { underlying: 'ETH', rate: '0' };
      },
    ],
    [
      'USDC can be borrowed',
      'assets',
      (genesis) => {
        genesis.assets[0]!.pool = null;
      },
    ],
    [
      'room for the venue itself',
      'limits.accounts',
      (genesis) => {
        genesis.limits.accounts = 3;
      },
    ],
    [
      'room for the venue itself in balances',
      'limits.holdings',
      (genesis) => {
        genesis.limits.holdings = 14;
      },
    ],
  ];
  it.each(rules)('keeps the rule: %s', (_, path, change) => {
    expect(broken(change)).toContain(path);
  });
});
