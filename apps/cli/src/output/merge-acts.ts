/** Acts that are the same but for their size, told as one: what several providers took at one price, and were paid for it. */
import type { Receipt } from '@mochila/sdk';

type Act = Receipt['lines']['acts'][number];

/** An act, or several that were told as one. */
export type MergedAct = Act & { readonly parts: number };

/** Merges acts, each where the first of its kind stood. Orders that were cancelled stay apart. */
export function mergeActs(acts: readonly Act[]): MergedAct[] {
  const merged = new Map<string, MergedAct>();
  for (const [at, act] of acts.entries()) {
    const key = act.act === 'OrderCancelled' ? String(at) : keyOf(act);
    const before = merged.get(key);
    merged.set(key, before === undefined ? { ...act, parts: 1 } : together(before, act));
  }
  return [...merged.values()];
}

function keyOf({ act, market, asset, price, counterAccount, quantity }: Act): string {
  return [act, market, asset, price, counterAccount, quantity.startsWith('-')].join(' ');
}

function together(before: MergedAct, act: Act): MergedAct {
  const { parts } = before;
  return {
    ...before,
    quantity: addTexts(before.quantity, act.quantity),
    amount: addTexts(before.amount, act.amount),
    fee: addTexts(before.fee, act.fee),
    parts: parts + 1,
  };
}

/**
 * Adds two decimals exactly.
 *
 * @example addTexts('-1.5', '0.25') // '-1.25'
 */
export function addTexts(a: string, b: string): string {
  const digits = Math.max(fractionOf(a), fractionOf(b));
  const sum = scaled(a, digits) + scaled(b, digits);
  const text = String(sum < 0n ? -sum : sum).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits).replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function fractionOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

function scaled(text: string, digits: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
}
