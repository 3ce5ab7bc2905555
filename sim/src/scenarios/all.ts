/** Every scenario, in the order of their numbers. */
import type { Scenario } from '../scenario.ts';
import { cascade } from './s1-cascade.ts';
import { theCollateralIndex } from './s2-collateral-index.ts';
import { wholeOpenInterest } from './s3-whole-open-interest.ts';
import { oldPrices } from './s4-old-prices.ts';
import { lostFeeds } from './s5-lost-feeds.ts';
import { squeeze } from './s6-squeeze.ts';
import { pulledWall } from './s7-pulled-wall.ts';
import { borrowEverything } from './s8-borrow-everything.ts';
import { twoBuilds } from './s10-two-builds.ts';
import { theDebtNote } from './s11-debt-note.ts';
import { fullUtilisation } from './s12-full-utilisation.ts';
import { restingOrders } from './s13-resting-orders.ts';
import { theMarkLags } from './s14-the-mark-lags.ts';
import { theHedgedAccount } from './s15-the-hedged-account.ts';
import { thirtyPerCentInAMinute } from './s16-thirty-per-cent-in-a-minute.ts';

/** What `npm run scenario` knows. */
export const scenarios: readonly Scenario[] = [
  cascade,
  theCollateralIndex,
  wholeOpenInterest,
  oldPrices,
  lostFeeds,
  squeeze,
  pulledWall,
  borrowEverything,
  twoBuilds,
  theDebtNote,
  fullUtilisation,
  restingOrders,
  theMarkLags,
  theHedgedAccount,
  thirtyPerCentInAMinute,
];
