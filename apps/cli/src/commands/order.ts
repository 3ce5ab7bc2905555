/** `mochila order`. */
import {
  type Client,
  cancelAllOrders,
  cancelOrder,
  listOpenOrders,
  type OrderAnswer,
  type PlaceOrderParams,
  placeOrder,
} from '@mochila/sdk';
import type { Command } from 'commander';
import { CliFault } from '../cli-fault.ts';
import type { Paint } from '../output/paint.ts';
import { type Column, writeTable } from '../output/table.ts';
import { readAmount, readSymbol, wholeNumber } from '../read-words.ts';
import { sessionOf } from '../session.ts';
import { addPlaceFlags, type PlaceFlags, readPlaceFlags } from './order-flags.ts';

const CLIENT_ID_MAX = 4_294_967_295;

const EXAMPLES = `
Examples:
  mochila order buy 0.5 SOL_USDC_PERP --limit 141.2 --post-only
  mochila order sell 0.5 SOL_USDC_PERP --market --reduce-only
  mochila order buy 100 SOL_USDC --market --quote        spends 100 USDC
  mochila order sell 1 SOL_USDC_PERP --market --stop 130 --reduce-only
  mochila order list
  mochila order cancel 114510214144 SOL_USDC_PERP
  mochila order cancel-all SOL_USDC_PERP`;

/** Adds the commands. */
export function addOrder(program: Command): void {
  const order = program.command('order').description('place, list and cancel orders').addHelpText('after', EXAMPLES);
  addPlace(order, 'buy', 'Bid');
  addPlace(order, 'sell', 'Ask');
  addList(order);
  addCancel(order);
  addCancelAll(order);
}

function addPlace(order: Command, name: string, side: 'Bid' | 'Ask'): void {
  const command = order
    .command(name)
    .description(`${name} a quantity; give --limit with a price, or --market`)
    .argument('<quantity>', 'in the base asset, such as 0.5; with --quote in the quote asset', readAmount)
    .argument('<symbol>', 'market, such as SOL_USDC_PERP', readSymbol);
  addPlaceFlags(command);
  command.addHelpText('after', EXAMPLES).action(async (quantity: string, symbol: string, flags: PlaceFlags, self: Command) => {
    const { sign, write, paint } = sessionOf(self);
    const params: PlaceOrderParams = { symbol, side, ...readPlaceFlags(quantity, flags) };
    const placed = await placeOrder(sign(), params, { retry: true });
    write(placed, () => orderTable([placed], paint));
  });
}

function addList(order: Command): void {
  order
    .command('list')
    .description('list open orders')
    .argument('[symbol]', 'only this market', readSymbol)
    .action(async (symbol: string | undefined, _flags: object, self: Command) => {
      const { sign, write, paint } = sessionOf(self);
      const orders = await listOpenOrders(sign(), symbol === undefined ? {} : { symbol });
      write(orders, () => orderTable(orders, paint));
    });
}

function addCancel(order: Command): void {
  order
    .command('cancel')
    .description('cancel one order')
    .argument('<id>', 'id of the order, or your own with --client-id')
    .argument('[symbol]', 'market of the order; looked up when absent', readSymbol)
    .option('--client-id', 'the id is your own')
    .action(async (id: string, symbol: string | undefined, flags: { clientId?: boolean }, self: Command) => {
      const { sign, write, paint } = sessionOf(self);
      const client = sign();
      const name = flags.clientId === true ? { clientId: wholeNumber(0, CLIENT_ID_MAX)(id) } : { orderId: id };
      const cancelled = await cancelOrder(client, { symbol: symbol ?? (await findMarket(client, id, flags.clientId === true)), ...name });
      write(cancelled, () => orderTable([cancelled], paint));
    });
}

function addCancelAll(order: Command): void {
  order
    .command('cancel-all')
    .description('cancel the open orders of a market, or of all markets with --everywhere')
    .argument('[symbol]', 'market', readSymbol)
    .option('--everywhere', 'in all markets')
    .action(async (symbol: string | undefined, flags: { everywhere?: boolean }, self: Command) => {
      const { sign, write, paint } = sessionOf(self);
      const client = sign();
      if ((symbol === undefined) !== (flags.everywhere === true)) throw new CliFault('Name one market, or say --everywhere.');
      const symbols = symbol === undefined ? new Set((await listOpenOrders(client)).map((open) => open.symbol)) : [symbol];
      const cancelled: OrderAnswer[] = [];
      for (const market of symbols) cancelled.push(...(await cancelAllOrders(client, { symbol: market })));
      write(cancelled, () => orderTable(cancelled, paint));
    });
}

async function findMarket(client: Client, id: string, isClientId: boolean): Promise<string> {
  const orders = await listOpenOrders(client);
  const found = orders.filter((open) => (isClientId ? String(open.clientId) === id : open.id === id));
  const [only] = found;
  if (only === undefined) throw new CliFault(`There is no open order ${id}: \`mochila order list\` shows the open ones.`, 1);
  if (found.length > 1) throw new CliFault(`Several markets have an order ${id}: name the market too.`);
  return only.symbol;
}

/** Orders as a table. */
export function orderTable(orders: readonly OrderAnswer[], paint: Paint): string {
  const columns: Column<OrderAnswer>[] = [
    { title: 'order', value: ({ id }) => id },
    { title: 'market', value: ({ symbol }) => paint.strong(symbol) },
    { title: 'side', value: ({ side }) => (side === 'Bid' ? paint.good('buy') : paint.bad('sell')) },
    { title: 'type', value: (order) => typeOf(order) },
    { title: 'quantity', value: (order) => order.quantity ?? quoteOf(order), isNumber: true },
    { title: 'price', value: (order) => (order.orderType === 'Limit' ? order.price : averageOf(order)), isNumber: true },
    { title: 'filled', value: ({ executedQuantity }) => executedQuantity, isNumber: true },
    { title: 'status', value: ({ status }) => status },
  ];
  return writeTable(orders, columns, paint, 'No orders.');
}

function typeOf(order: OrderAnswer): string {
  const words: string[] = [order.orderType];
  if (order.timeInForce !== 'GTC') words.push(order.timeInForce);
  if (order.orderType === 'Limit' && order.postOnly) words.push('post-only');
  if (order.reduceOnly === true) words.push('reduce-only');
  if (order.triggerPrice !== null) words.push(`at ${order.triggerPrice}`);
  return words.join(' ');
}

function quoteOf(order: OrderAnswer): string {
  if (order.orderType === 'Market' && order.quoteQuantity !== null) return `for ${order.quoteQuantity}`;
  return order.triggerQuantity ?? '-';
}

/** What a market order cost on average, for the eye only. */
function averageOf({ executedQuantity, executedQuoteQuantity }: OrderAnswer): string {
  const quantity = Number(executedQuantity);
  return quantity === 0 ? 'market' : `~${Number((Number(executedQuoteQuantity) / quantity).toPrecision(7))}`;
}
