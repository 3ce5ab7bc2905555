/**
 * Identifiers of the simulated chains: always the same for the same thing, shaped like real ones.
 *
 * Deposit addresses begin with `SIM` and so are valid on no chain: nobody sends real money to one by mistake.
 */
import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const EVM = new Set([
  'Arbitrum',
  'Avalanche',
  'Base',
  'Berachain',
  'Bsc',
  'Ethereum',
  'HyperEVM',
  'Linea',
  'Monad',
  'Optimism',
  'Plasma',
  'Polygon',
]);
const BASE58_SIGNATURES = new Set(['Solana', 'Eclipse', 'Fogo']);
const SOLANA_SIGNATURE_CHARACTERS = 88;
const ADDRESS_CHARACTERS = 40;

/** Makes a transaction id: 0x and 64 hex digits on chains like Ethereum, base58 on those like Solana, 64 hex digits elsewhere. */
export function transactionId(venueId: string, withdrawal: number, blockchain: string): string {
  const digest = digestOf(`transaction ${venueId} ${withdrawal}`);
  if (EVM.has(blockchain)) return `0x${digest.toString('hex')}`;
  if (!BASE58_SIGNATURES.has(blockchain)) return digest.toString('hex');
  const bytes = Buffer.concat([digest, digestOf(`more ${venueId} ${withdrawal}`), digest]);
  return base58Of(bytes, SOLANA_SIGNATURE_CHARACTERS);
}

/** Makes a deposit address of an account on a blockchain. */
export function simulatedAddress(venueId: string, account: number, blockchain: string): string {
  const bytes = Buffer.concat([digestOf(`address ${venueId} ${blockchain} ${account}`), digestOf(`more ${account} ${blockchain}`)]);
  return `SIM${base58Of(bytes, ADDRESS_CHARACTERS)}`;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** One character per byte: enough of randomness for a name that is never decoded. */
function base58Of(bytes: Buffer, characters: number): string {
  return Array.from(bytes.subarray(0, characters), (byte) => BASE58.charAt(byte % BASE58.length)).join('');
}
