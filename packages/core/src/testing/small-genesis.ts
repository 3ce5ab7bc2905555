/** The small venue, where tests look for it. */
export { SMALL_GENESIS_MICROS, SmallAsset, SmallMarket, smallGenesis } from '../small-genesis.ts';
