/** HTTP and WebSocket: the public dialect of the venue. */

export { ALL_ROUTES } from './all-routes.ts';
export { EngineKeyDirectory, type RegistrationRule } from './auth/engine-key-directory.ts';
export { type Hash96, hash96, hashAtPosition, NO_HASH } from './auth/hash96.ts';
export { type KeyDirectory, type KeyRecord, type PermissionWord, permissionBits, permissionWords } from './auth/key-directory.ts';
export { envelopeOf, hashOfContent, type SignedRequest } from './auth/signed-request.ts';
export { type SignedRequestInput, verifySignedRequest } from './auth/verify-signed-request.ts';
export { type SubscriptionSignature, verifySubscription } from './auth/verify-subscription.ts';
export { createGateway, type GatewayParts, listenOn } from './create-gateway.ts';
export { createAsyncApi } from './docs/asyncapi.ts';
export type { DocumentFacts } from './docs/openapi.ts';
export { ApiError, type ApiErrorBody, apiErrorOfReject } from './errors/api-error.ts';
export { API_ERROR_STATUS, type ApiErrorCode, isApiErrorCode } from './errors/api-error-code.ts';
export { HTTP_RULES_DEFAULT, type HttpRules } from './http/create-app.ts';
export { type Lane, REQUEST_RULES_DEFAULT, RequestLimits, type RequestRules } from './limits/request-limits.ts';
export { MarketDataFeed } from './market-data/market-data-feed.ts';
export { createGatewayMetrics, type GatewayMetrics } from './metrics.ts';
export {
  type Caller,
  definePublicRoute,
  defineSignedRoute,
  NO_ANSWER,
  NO_BODY,
  NO_QUERY,
  type RequestContext,
  type Route,
} from './rest/route.ts';
export { userHeader } from './rest/user-header.ts';
export type { GatewayServices } from './services.ts';
export { createDirectory, type VenueDirectory } from './venue/directory.ts';
export { followListings } from './venue/follow-listings.ts';
export { createWsServer, type WsServer } from './ws/create-ws-server.ts';
