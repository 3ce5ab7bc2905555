/** The rule a receipt followed, with its arithmetic, in one line. */
import type { Receipt } from '@mochila/sdk';
import { parameterOf, termOf } from './receipt-numbers.ts';

type Kind = Receipt['kind'];

/** The line of a receipt's rule; null for a kind that has none. */
export function ruleText(receipt: Receipt): string | null {
  const rule = new Map<Kind, (receipt: Receipt) => string>(Object.entries(RULES)).get(receipt.kind);
  return rule === undefined ? null : `rule    ${rule(receipt)}`;
}

const WORSE = 'the worse for you of mark and index';

const RULES: Readonly<Record<string, (receipt: Receipt) => string>> = {
  OrderCancel: () => 'net equity fell below the maintenance margin: orders end, and what is free of an asset repays what is owed of it',
  BookSlice: sliceText,
  CollateralSale: (receipt) => `${termOf(receipt, 'Offered')} offered${bandText(receipt)}; only against a debt, the least haircut first`,
  BackstopTransfer: takingText,
  FundTransfer: (receipt) => (receipt.asset === null ? takingText(receipt) : debtText(receipt)),
  BackstopDebt: debtText,
  FundPayment: () => `nobody may take more: the fund pays for collateral of equal value, each at ${WORSE}`,
  Deleveraging: deficitText,
  DebtNote: () => 'every asset was used, so the fund paid. The note is no debt: what you deposit later stays yours',
  LendersLoss: () => 'every asset was used and the fund had nothing left: who lends this asset bears the rest',
  SettlementBorrow: () => 'a loss is met from free cash, then from lends, then with a borrow',
};

function sliceText(receipt: Receipt): string {
  const share = Number(parameterOf(receipt, 'sliceFraction')) * 100;
  return `${share} % of ${termOf(receipt, 'SizeAtTrigger')} at the trigger, less when less is left: ${termOf(receipt, 'Offered')} offered${bandText(receipt)}`;
}

function bandText(receipt: Receipt): string {
  const isSold = receipt.lines.acts.some(({ quantity }) => quantity.startsWith('-'));
  const edge = termOf(receipt, isSold ? 'ImpactMin' : 'ImpactMax');
  return edge === null ? '' : `, at ${Number((Number(edge) * 100).toPrecision(6))} % of ${WORSE} or better`;
}

function takingText(receipt: Receipt): string {
  const [needed, taken] = [termOf(receipt, 'NeededLots'), termOf(receipt, 'TakenLots')];
  const limit = taken === needed ? '' : `, and room for ${taken}`;
  return `${needed} needed to reach 1.1 * margin${limit}; at ${WORSE}; ${chargeText(receipt)}`;
}

function debtText(receipt: Receipt): string {
  return `debt and collateral each at ${WORSE}; ${chargeText(receipt)}`;
}

function chargeText(receipt: Receipt): string {
  return `charge of the whole min(share of real equity, half its margin) = ${termOf(receipt, 'ChargeAtoms')} USDC`;
}

function deficitText(receipt: Receipt): string {
  const line = receipt.lines.markets.find(({ market }) => market === receipt.symbol);
  const bound = line === undefined ? '' : `, at most ${Number((Number(line.premiumBound) * 100).toPrecision(6))} % of the mark`;
  if (Number(termOf(receipt, 'DeficitShareAtoms')) === 0)
    return 'neither providers nor the fund may take more: closed at the mark, without a deficit';
  return `price = mark and its share of the deficit, ${termOf(receipt, 'DeficitShareAtoms')} USDC over ${termOf(receipt, 'NeededLots')}${bound}`;
}
