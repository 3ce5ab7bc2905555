/** Routes about orders. */
import type { Route } from '../route.ts';
import { cancelOrder } from './cancel-order.ts';
import { cancelOrders } from './cancel-orders.ts';
import { placeOrder } from './place-order.ts';
import { placeOrders } from './place-orders.ts';
import { readOrder } from './read-order.ts';
import { readOrders } from './read-orders.ts';

/** All of them. */
export const ORDER_ROUTES: readonly Route[] = [placeOrder, placeOrders, readOrder, readOrders, cancelOrder, cancelOrders];
