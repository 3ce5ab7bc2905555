// Funding arbitrage: where longs pay shorts more than a threshold, buys the asset and sells the perpetual in equal size; it
// earns the funding and does not care where the price goes. When funding falls, it takes both legs off.
// Run it: node packages/sdk/examples/bots/funding-arbitrage.ts [base asset] [yearly rate to enter at]
import {
  ApiFault,
  type Client,
  createMarketScale,
  listPositions,
  type Market,
  market,
  markPrices,
  NetworkFault,
  type OrderAnswer,
  placeOrder,
  type Side,
} from '@mochila/sdk';
import { connect } from '../connect.ts';

const BASE = process.argv[2] ?? 'SOL';
const ENTER_YEARLY = Number(process.argv[3] ?? '0.05');
const EXIT_YEARLY = ENTER_YEARLY / 4;
const STEPS_OF_LOT = 10;
const EVERY_MS = 2_000;
const [SPOT, PERP] = [`${BASE}_USDC`, `${BASE}_USDC_PERP`];
const HOURS_PER_YEAR = 24 * 365;

/** A market order that fills at once or not at all, so that no leg is left half done. */
function trade(client: Client, symbol: string, side: Side, quantity: string, reduceOnly = false): Promise<OrderAnswer> {
  const how = reduceOnly ? { reduceOnly } : {};
  return placeOrder(client, { symbol, side, orderType: 'Market', timeInForce: 'FOK', quantity, ...how }, { retry: true });
}

/** First the asset, whose book is thinner, then the perpetual; if the second leg does not fill the first is taken back. */
async function turn(client: Client, side: Side, quantity: string): Promise<void> {
  const opposite: Side = side === 'Bid' ? 'Ask' : 'Bid';
  if (!(await isFilled(trade(client, SPOT, side, quantity)))) return console.log(`${SPOT} did not fill: nothing was done`);
  if (!(await isFilled(trade(client, PERP, opposite, quantity, side === 'Ask')))) {
    await trade(client, SPOT, opposite, quantity);
    return console.log(`${PERP} did not fill: ${SPOT} was taken back`);
  }
  console.log(`${side === 'Bid' ? 'opened' : 'closed'} ${quantity} ${BASE}: spot and perpetual`);
}

/** Whether an order filled; one that was refused did not. */
async function isFilled(order: Promise<OrderAnswer>): Promise<boolean> {
  try {
    return (await order).status === 'Filled';
  } catch (error) {
    if (error instanceof ApiFault) return false;
    throw error;
  }
}

/** A quantity that both markets can trade: the larger of their smallest ones, some times over. */
function sizeFor(spot: Market, perp: Market): string {
  const [larger] = [spot, perp].sort(
    (left, right) => Number(right.filters.quantity.minQuantity) - Number(left.filters.quantity.minQuantity),
  );
  const { lotsOf, quantityOf } = createMarketScale(larger ?? perp);
  return quantityOf(lotsOf((larger ?? perp).filters.quantity.minQuantity) * STEPS_OF_LOT);
}

async function step(client: Client, quantity: string): Promise<void> {
  try {
    const [mark] = await markPrices(client, { symbol: PERP });
    const yearly = Number(mark?.fundingRate ?? '0') * HOURS_PER_YEAR;
    const isOpen = (await listPositions(client, { symbol: PERP })).length > 0;
    console.log(`${PERP} funding ${(yearly * 100).toFixed(2)} % a year, ${isOpen ? 'open' : 'flat'}`);
    if (!isOpen && yearly >= ENTER_YEARLY) await turn(client, 'Bid', quantity);
    if (isOpen && yearly <= EXIT_YEARLY) await turn(client, 'Ask', quantity);
  } catch (error) {
    if (!(error instanceof ApiFault || error instanceof NetworkFault)) throw error;
    console.log('later:', error.message);
  }
}

const client = connect();
const [spot, perp] = await Promise.all([market(client, { symbol: SPOT }), market(client, { symbol: PERP })]);
const quantity = sizeFor(spot, perp);
let isStopping = false;
process.once('SIGINT', () => {
  isStopping = true;
});
while (!isStopping) {
  await step(client, quantity);
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}
