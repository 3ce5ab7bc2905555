export { decodeBase64, encodeBase64 } from './base64.ts';
export {
  type CanonicalRequest,
  canonicalString,
  encodePairs,
  pairsOfFields,
  pairsOfParameters,
  pairsOfQuery,
  queryOfPairs,
  rawPairsOfQuery,
  SIGNING_WINDOW_MS_DEFAULT,
  SIGNING_WINDOW_MS_MAX,
  type SignedPair,
  type SignedPart,
} from './canonical.ts';
export { getPublicKey, signBytes, verifyBytes } from './curve.ts';
export { INSTRUCTION_SUBSCRIBE, INSTRUCTIONS, type Instruction, instructionOf, type SignedRoute } from './instructions.ts';
export {
  PUBLIC_KEY_BYTES,
  type PublicKeyFault,
  publicKeyFault,
  SECRET_KEY_BYTES,
  SEED_BYTES,
  SIGNATURE_BYTES,
  seedOfSecret,
} from './keys.ts';
export {
  createSigner,
  type SignatureHeaders,
  type Signer,
  type SubscribeSignature,
  signRequest,
  signSubscribe,
  stringToSign,
  type UnsignedRequest,
} from './sign-request.ts';
