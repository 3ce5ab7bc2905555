export { createPriceWorld, type PriceWorld, type PriceWorldSettings, type SimulatedAsset, type SimulatedSource } from './price-world.ts';
export { SimulatedPrices, type SimulatedPricesSettings } from './simulated-prices.ts';
