/** Which word a signed request to a route carries. The word ties a signature to one kind of action. */

/** Instruction of each signed route, by method and path. */
export const INSTRUCTIONS = {
  'GET /api/v1/account': 'accountQuery',
  'PATCH /api/v1/account': 'accountUpdate',
  'POST /api/v1/account/convertDust': 'convertDust',
  'GET /api/v1/account/limits/borrow': 'maxBorrowQuantity',
  'GET /api/v1/account/limits/order': 'maxOrderQuantity',
  'GET /api/v1/account/limits/withdrawal': 'maxWithdrawalQuantity',
  'GET /api/v1/account/stress': 'accountStressQuery',
  'GET /api/v1/borrowLend/positions': 'borrowLendPositionQuery',
  'GET /api/v1/borrowLend/position/liquidationPrice': 'borrowLendLiquidationPriceQuery',
  'POST /api/v1/borrowLend': 'borrowLendExecute',
  'GET /api/v1/capital': 'balanceQuery',
  'GET /api/v1/capital/collateral': 'collateralQuery',
  'GET /wapi/v1/capital/deposits': 'depositQueryAll',
  'GET /wapi/v1/capital/deposit/address': 'depositAddressQuery',
  'GET /wapi/v1/capital/withdrawals': 'withdrawalQueryAll',
  'POST /wapi/v1/capital/withdrawals': 'withdraw',
  'GET /wapi/v1/capital/withdrawals/delay': 'withdrawalDelayQuery',
  'POST /wapi/v1/capital/withdrawals/delay': 'withdrawalDelayCreate',
  'PATCH /wapi/v1/capital/withdrawals/delay': 'withdrawalDelayUpdate',
  'GET /api/v1/order': 'orderQuery',
  'POST /api/v1/order': 'orderExecute',
  'DELETE /api/v1/order': 'orderCancel',
  'GET /api/v1/orders': 'orderQueryAll',
  'POST /api/v1/orders': 'orderExecute',
  'DELETE /api/v1/orders': 'orderCancelAll',
  'GET /api/v1/position': 'positionQuery',
  'POST /api/v1/rfq': 'rfqSubmit',
  'GET /api/v1/rfqs': 'rfqQuery',
  'POST /api/v1/rfq/quote': 'quoteSubmit',
  'POST /api/v1/rfq/accept': 'quoteAccept',
  'POST /api/v1/rfq/refresh': 'rfqRefresh',
  'POST /api/v1/rfq/cancel': 'rfqCancel',
  'GET /api/v1/strategy': 'strategyQuery',
  'POST /api/v1/strategy': 'strategyCreate',
  'DELETE /api/v1/strategy': 'strategyCancel',
  'GET /api/v1/strategies': 'strategyQueryAll',
  'DELETE /api/v1/strategies': 'strategyCancelAll',
  'POST /api/v1/vault/mint': 'vaultMint',
  'POST /api/v1/vault/redeem': 'vaultRedeemRequest',
  'DELETE /api/v1/vault/redeem': 'vaultRedeemCancel',
  'GET /api/v1/vault/redeems/pending': 'vaultPendingRedeemsQuery',
  'GET /api/v1/vault/nav': 'vaultNavQuery',
  'GET /wapi/v1/history/borrowLend': 'borrowHistoryQueryAll',
  'GET /wapi/v1/history/interest': 'interestHistoryQueryAll',
  'GET /wapi/v1/history/borrowLend/positions': 'borrowPositionHistoryQueryAll',
  'GET /wapi/v1/history/dust': 'dustHistoryQueryAll',
  'GET /wapi/v1/history/fills': 'fillHistoryQueryAll',
  'GET /wapi/v1/history/funding': 'fundingHistoryQueryAll',
  'GET /wapi/v1/history/orders': 'orderHistoryQueryAll',
  'GET /wapi/v1/history/rfq': 'rfqHistoryQueryAll',
  'GET /wapi/v1/history/quote': 'quoteHistoryQueryAll',
  'GET /wapi/v1/history/rfq/fill': 'rfqFillHistoryQueryAll',
  'GET /wapi/v1/history/quote/fill': 'quoteFillHistoryQueryAll',
  'GET /wapi/v1/history/settlement': 'settlementHistoryQueryAll',
  'GET /wapi/v1/history/strategies': 'strategyHistoryQueryAll',
  'GET /wapi/v1/history/position': 'positionHistoryQueryAll',
  'POST /api/v1/subaccounts': 'subaccountCreate',
  'GET /api/v1/subaccounts': 'subaccountQueryAll',
  'POST /api/v1/transfers': 'transferExecute',
  'GET /api/v1/keys': 'keyQueryAll',
  'POST /api/v1/keys': 'keyCreate',
  'DELETE /api/v1/keys': 'keyDelete',
  'GET /api/v1/backstop': 'backstopQuery',
  'PUT /api/v1/backstop': 'backstopUpdate',
  'GET /api/v1/debtNotes': 'debtNoteQueryAll',
  'POST /api/v1/debtNotes': 'debtNoteRepay',
  'GET /api/v1/receipts': 'receiptQueryAll',
  'GET /api/v1/receipts/{id}': 'receiptQuery',
  'POST /sandbox/faucet': 'faucetExecute',
} as const satisfies Readonly<Record<string, string>>;

/** A signed route as `METHOD /path`. */
export type SignedRoute = keyof typeof INSTRUCTIONS;

/** A word that a signed request to a route may carry. */
export type Instruction = (typeof INSTRUCTIONS)[SignedRoute];

/** The word signed in a WebSocket SUBSCRIBE frame for private streams. */
export const INSTRUCTION_SUBSCRIBE = 'subscribe';

const instructionOfRoute: ReadonlyMap<string, Instruction> = new Map(Object.entries(INSTRUCTIONS));

/**
 * Finds the instruction word of a route.
 *
 * @param method HTTP method in upper case
 * @param path path without query
 * @returns the word, or null when requests to the route are not signed
 * @example instructionOf('POST', '/api/v1/order') // 'orderExecute'
 */
export function instructionOf(method: string, path: string): Instruction | null {
  return instructionOfRoute.get(`${method} ${path}`) ?? null;
}
