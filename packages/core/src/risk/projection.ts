/**
 * A change an account's health is asked about before it is written: at most two assets and one market. Plain numbers,
 * reused; {@link clearProjection} empties it.
 */
export interface Projection {
  /** AssetIx, or -1; change of free + lent - debt in atoms. */
  assetA: number;
  atomsA: number;
  assetB: number;
  atomsB: number;
  /** MarketIx, or -1; change of the position and of the lots on the book. */
  market: number;
  sizeLots: number;
  openBidLots: number;
  openAskLots: number;
  /** An order not yet on the book, for the open-order loss: side, lots, price; lots 0 none. */
  orderSide: number;
  orderLots: number;
  orderTicks: number;
  /** Asset a spot order would hold of, or -1, and how much. */
  holdAsset: number;
  holdAtoms: number;
}

/** Makes a projection that changes nothing. */
export function createProjection(): Projection {
  return {
    assetA: -1,
    atomsA: 0,
    assetB: -1,
    atomsB: 0,
    market: -1,
    sizeLots: 0,
    openBidLots: 0,
    openAskLots: 0,
    orderSide: 0,
    orderLots: 0,
    orderTicks: 0,
    holdAsset: -1,
    holdAtoms: 0,
  };
}

/** Makes a projection change nothing again. */
export function clearProjection(projection: Projection): void {
  projection.assetA = -1;
  projection.atomsA = 0;
  projection.assetB = -1;
  projection.atomsB = 0;
  projection.market = -1;
  projection.sizeLots = 0;
  projection.openBidLots = 0;
  projection.openAskLots = 0;
  projection.orderSide = 0;
  projection.orderLots = 0;
  projection.orderTicks = 0;
  projection.holdAsset = -1;
  projection.holdAtoms = 0;
}
