/** Naming one order. */
import { ApiError } from '../errors/api-error.ts';

/** Of an id that no order can have, as much is shown. */
const DIGITS_SHOWN_MAX = 40;

/** How a request names an order: by one of the two; of both the first counts. */
export type OrderName = { readonly orderId?: string | undefined; readonly clientId?: number | undefined };

/** The order a request names, as the engine is asked for it. @throws ApiError RESOURCE_NOT_FOUND for an id that no order can have. */
export function readOrderName({ orderId, clientId }: OrderName): { orderId: number; clientId: number } {
  if (orderId === undefined) return { orderId: 0, clientId: clientId ?? -1 };
  return { orderId: readOrderId(orderId), clientId: -1 };
}

/** An order id in digits. @throws ApiError RESOURCE_NOT_FOUND for an id that no order can have. */
export function readOrderId(digits: string): number {
  const id = Number(digits);
  if (id > 0 && Number.isSafeInteger(id)) return id;
  throw orderNotFound({ orderId: digits });
}

/** What a request for an order that is not there is answered. The first words are what clients match on. */
export function orderNotFound({ orderId, clientId }: OrderName): ApiError {
  const named =
    orderId === undefined ? `no open order has the clientId ${clientId}` : `no open order has the id ${orderId.slice(0, DIGITS_SHOWN_MAX)}`;
  return new ApiError('RESOURCE_NOT_FOUND', `Order Not Found: ${named}; orders that ended are in GET /wapi/v1/history/orders`);
}
