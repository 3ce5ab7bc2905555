/**
 * What the short form judges, on machines that do other things at the same time: ratios of two programs that take turns
 * every few milliseconds. Times that stand alone (settlement, margins, replay, journal) depend on the machine and its
 * load, and are told only.
 */
import { type Figure, isBelowHalf } from './figures.ts';

/**
 * Figures that are known to be below their floor, with what they must hold until they reach it: some half of what an idle
 * machine of two cores shows in the short form, because its few seconds spread that much. They catch a fall, no more.
 */
const HELD_UNTIL_THEN: Readonly<Record<string, number>> = {
  'matching alone, near the touch': 30,
  'whole engine': 1.2,
  'matching alone, fine tick': 18,
  'matching alone, deep book': 4,
  'signed REST orders per CPU-second': 0.06,
};

/** Units of ratios whose two sides do the same kind of work on the same machine at the same time. */
const JUDGED_UNITS = ['x nodejs-order-book', 'x bare checks'];

/** @returns a sentence for each figure that is not to be accepted. */
export function judgeShortForm(figures: readonly Figure[]): string[] {
  return figures
    .filter((each) => JUDGED_UNITS.some((unit) => each.unit.startsWith(unit)) && isTooLow(each))
    .map((each) => `${each.name} is too slow: ${each.value.toFixed(2)} ${each.unit}`);
}

function isTooLow(each: Figure): boolean {
  const name = Object.keys(HELD_UNTIL_THEN).find((prefix) => each.name.startsWith(prefix));
  const held = name === undefined ? undefined : HELD_UNTIL_THEN[name];
  return held === undefined ? isBelowHalf(each) : each.value < held;
}
