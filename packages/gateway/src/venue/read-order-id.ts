/** Naming one order. */
import { ApiError } from '../errors/api-error.ts';

/** How a request names an order: by one of the two. */
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
  throw orderNotFound();
}

/** What a request for an order that is not there is answered. */
export function orderNotFound(): ApiError {
  return new ApiError('RESOURCE_NOT_FOUND', 'Order Not Found');
}
