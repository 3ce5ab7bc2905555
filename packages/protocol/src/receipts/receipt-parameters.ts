/** Parameters of a venue that receipts carry, each with its number in the section `parameters`. Numbers are never re-used. */
import type { Genesis } from '../genesis.ts';

/** Names by number; each name stands in the genesis, under `prices` or under `liquidation`. */
export const RECEIPT_PARAMETERS = [
  'clampFraction',
  'freshSourcesMin',
  'sourceStaleMs',
  'sliceFraction',
  'sliceWholeBelowUsd',
  'feeMax',
  'feeMmfShare',
  'backstopMmfShare',
  'backstopMmfLess',
  'bookSeconds',
  'bookTakenMin',
  'providerLeverageMax',
  'chargeMaintenanceShare',
  'chargeFundShare',
  'fundMarketShare',
  'fundUnwindPerMinute',
] as const;

/** Name of a parameter. */
export type ReceiptParameter = (typeof RECEIPT_PARAMETERS)[number];

/** Value of a parameter in a genesis. */
export function receiptParameter({ prices, liquidation }: Pick<Genesis, 'prices' | 'liquidation'>, name: ReceiptParameter): number {
  switch (name) {
    case 'clampFraction':
    case 'freshSourcesMin':
    case 'sourceStaleMs':
      return prices[name];
    default:
      return liquidation[name];
  }
}
