/** From an operator's words to a command of the engine. */
import { listingChangeProblems } from '@mochila/core';
import { BookState, type Command, commands, decodeBase64, type Genesis, PoolState, publicKeyFault } from '@mochila/protocol';
import { parseAmount } from '@mochila/units';

/** What an operator asks for. */
export type OperatorRequest = {
  /** Person or tool, for the record. */
  readonly operator: string;
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** A request that cannot be carried out; says which value and what is allowed. */
export class OperatorFault extends Error {
  override readonly name = 'OperatorFault';
}

type Builder = (request: OperatorRequest, genesis: Genesis) => Command;

const NAME = /^[\x21-\x7e][\x20-\x7e]{0,63}$/;
const INDEX_MAX = 4_294_967_295;

const BUILDERS: Readonly<Record<string, Builder>> = {
  registerUser,
  setBookState,
  setPoolState,
  setFeeTier,
  creditDeposit,
  updateParameters,
};

/** Names of the commands that change something. */
export const OPERATOR_COMMANDS: readonly string[] = Object.keys(BUILDERS);

/**
 * Reads a request from one line of JSON.
 *
 * @throws OperatorFault
 */
export function readOperatorRequest(line: string): OperatorRequest {
  const value = parseJson(line);
  if (!isRecord(value)) throw new OperatorFault('A request is a JSON object on one line.');
  const { operator, command, fields = {} } = value;
  if (typeof operator !== 'string' || !NAME.test(operator))
    throw new OperatorFault('operator must be a name of 1 to 64 characters: it goes into the journal.');
  if (typeof command !== 'string') throw new OperatorFault('command must be a word.');
  if (!isRecord(fields)) throw new OperatorFault('fields must be an object.');
  return { operator, command, fields };
}

/**
 * Makes the command of a request.
 *
 * @throws OperatorFault that names the value and what is allowed
 */
export function operatorCommand(request: OperatorRequest, genesis: Genesis): Command {
  const build = BUILDERS[request.command];
  if (build === undefined)
    throw new OperatorFault(`There is no command "${request.command}": there are ${OPERATOR_COMMANDS.join(', ')}, status and audit.`);
  return build(request, genesis);
}

function registerUser({ operator, fields }: OperatorRequest): Command {
  const publicKey = decodeBase64(text(fields, 'publicKey'));
  const fault = publicKey === null ? 'no base64' : publicKeyFault(publicKey);
  if (publicKey === null || fault !== null) throw new OperatorFault(`publicKey must be base64 of a 32-byte ED25519 public key (${fault}).`);
  return { name: 'registerUser', fields: { ...commands.registerUser.defaults, publicKey, operator: bytes(operator) } };
}

function setBookState({ operator, fields }: OperatorRequest, genesis: Genesis): Command {
  const market = indexOf(genesis.markets, text(fields, 'market'), 'market');
  const bookState = word(BookState, text(fields, 'bookState'), 'bookState');
  return { name: 'setBookState', fields: { market, bookState, operator: bytes(operator) } };
}

function setPoolState({ operator, fields }: OperatorRequest, genesis: Genesis): Command {
  const asset = indexOf(genesis.assets, text(fields, 'asset'), 'asset');
  const poolState = word(PoolState, text(fields, 'poolState'), 'poolState');
  return { name: 'setPoolState', fields: { asset, poolState, operator: bytes(operator) } };
}

function setFeeTier({ operator, fields }: OperatorRequest): Command {
  return { name: 'setFeeTier', fields: { user: index(fields, 'user'), feeTier: index(fields, 'feeTier'), operator: bytes(operator) } };
}

/** The reference makes the credit idempotent, and says who gave it. */
function creditDeposit({ operator, fields }: OperatorRequest, genesis: Genesis): Command {
  const asset = indexOf(genesis.assets, text(fields, 'asset'), 'asset');
  const { decimals = 0 } = genesis.assets[asset] ?? {};
  const quantity = text(fields, 'quantity');
  const amount = parseAmount(quantity, decimals);
  if (!amount.ok || amount.value === 0)
    throw new OperatorFault(`quantity is "${quantity}": it must be a decimal above zero with at most ${decimals} digits after the point.`);
  const reference = bytes(`${operator}:${text(fields, 'reference')}`);
  const deposit = { account: index(fields, 'account'), asset, amountAtoms: amount.value, reference };
  return { name: 'creditDeposit', fields: { ...commands.creditDeposit.defaults, ...deposit } };
}

function updateParameters({ operator, fields }: OperatorRequest): Command {
  const { listing } = fields;
  if (!isRecord(listing)) throw new OperatorFault('listing must be one whole market or asset, as genesis.json holds it.');
  return { name: 'updateParameters', fields: { json: bytes(JSON.stringify(listing)), operator: bytes(operator) } };
}

/**
 * Words for a listing that the engine refused, whose rejects have room for numbers only.
 *
 * @param genesis - the venue's when it began: rules between listings are judged by what stood then
 */
export function explainParameters({ fields }: OperatorRequest, genesis: Genesis): string {
  const [problem, ...others] = listingChangeProblems(genesis, fields['listing']);
  if (problem === undefined) return 'it does not go with parameters that were changed before';
  const value = problem.value === undefined ? 'missing' : JSON.stringify(problem.value);
  return `${problem.path} is ${value}: it ${problem.rule}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

function text(fields: OperatorRequest['fields'], name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '' && value.length <= 200) return value;
  throw new OperatorFault(`${name} must be a text of 1 to 200 characters.`);
}

function index(fields: OperatorRequest['fields'], name: string): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= INDEX_MAX) return value;
  throw new OperatorFault(`${name} is ${JSON.stringify(value)}: it must be a whole number, 0 or more.`);
}

function indexOf(listings: readonly { readonly symbol: string }[], symbol: string, what: string): number {
  const ix = listings.findIndex((listing) => listing.symbol === symbol);
  if (ix >= 0) return ix;
  throw new OperatorFault(`There is no ${what} "${symbol}": there are ${listings.map((listing) => listing.symbol).join(', ')}.`);
}

function word<Value>(words: Readonly<Record<string, Value>>, name: string, what: string): Value {
  const value = Object.entries(words).find(([key]) => key === name)?.[1];
  if (value !== undefined) return value;
  throw new OperatorFault(`${what} is "${name}": it must be one of ${Object.keys(words).join(', ')}.`);
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new OperatorFault(`A request is a JSON object on one line: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}
