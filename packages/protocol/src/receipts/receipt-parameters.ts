/** Parameters of a venue that receipts carry, each with its number in the section `parameters`. Numbers are never re-used. */
import { ReceiptKind } from '../enums.ts';
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

const OF_PRICES: readonly ReceiptParameter[] = ['clampFraction', 'freshSourcesMin', 'sourceStaleMs'];
/** Of a taking, until version 2 and from 3 on: why the backstop was due, and the charge. */
const OF_CHARGE: readonly ReceiptParameter[] = [...OF_PRICES, 'chargeMaintenanceShare'];
const OF_TAKING: readonly ReceiptParameter[] = [
  ...OF_PRICES,
  'backstopMmfShare',
  'backstopMmfLess',
  'bookSeconds',
  'bookTakenMin',
  'chargeMaintenanceShare',
];
const OF_SALE: readonly ReceiptParameter[] = [...OF_PRICES, 'feeMax', 'feeMmfShare'];
const OF_SLICE: readonly ReceiptParameter[] = [...OF_PRICES, 'sliceFraction', 'sliceWholeBelowUsd', 'feeMax', 'feeMmfShare'];

/** Parameters that the numbers of a receipt of a kind stand on, in the order of their numbers. @param version - of the rules: 2 or later */
export function receiptParametersOf(kind: number, version: number): readonly ReceiptParameter[] {
  switch (kind) {
    case ReceiptKind.BookSlice:
      return OF_SLICE;
    case ReceiptKind.CollateralSale:
      return OF_SALE;
    case ReceiptKind.BackstopTransfer:
    case ReceiptKind.BackstopDebt:
    case ReceiptKind.FundTransfer:
      return version >= 3 ? OF_TAKING : OF_CHARGE;
    default:
      return OF_PRICES;
  }
}

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
