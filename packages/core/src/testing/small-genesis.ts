/** The small venue, where tests look for it. */
export { SmallAsset, SmallMarket, smallGenesis } from '../small-genesis.ts';
