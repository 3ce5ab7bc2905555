/** What a change of a position means to its holder: average entry, break-even, worst-case size. */
import { averagePriceTicks, breakEvenTicks, netExposureLots } from '@mochila/math';
import type { EventFields } from '@mochila/protocol';
import { asAtoms, asLots, subAtoms } from '@mochila/units';

/** Words of the field `change` of positionChanged. */
export const PositionChange = { Adjusted: 0, Opened: 1, Closed: 2 } as const;
export type PositionChange = (typeof PositionChange)[keyof typeof PositionChange];

/** A position after a command. Prices are fractional ticks, for people. */
export interface PositionUpdate {
  readonly position: EventFields<'positionChanged'>;
  /** Net size together with its open orders at their worst, in lots. */
  readonly exposureLots: number;
  /** Average price of the open size; null when it is closed. */
  readonly entryTicks: number | null;
  /** Price at which closing gives back cost, fees and funding; null when it is closed. */
  readonly breakEvenTicks: number | null;
}

/**
 * Reads a change of a position.
 *
 * @param k quote atoms of one tick times one lot
 */
export function positionUpdateOf(position: EventFields<'positionChanged'>, k: number): PositionUpdate {
  const size = asLots(position.sizeLots);
  const cost = asAtoms(position.entryCostAtoms);
  // Funding is positive when it was received.
  const paid = subAtoms(asAtoms(position.feesAtoms), asAtoms(position.fundingAtoms));
  return {
    position,
    exposureLots: netExposureLots(size, asLots(position.openBidLots), asLots(position.openAskLots)),
    entryTicks: averagePriceTicks(cost, size, asAtoms(k)) ?? null,
    breakEvenTicks: breakEvenTicks(cost, paid, size, asAtoms(k)) ?? null,
  };
}
