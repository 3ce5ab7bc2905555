/** WebSocket frames that frame the payloads: what a client sends, what is answered, the envelope. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';
import { define } from './define.ts';
import { flag, u64 } from './scalars.ts';

/** The most streams that one frame may name. */
export const STREAMS_PER_FRAME_MAX = 1_000;

/** Codes of refused frames. */
export const STREAM_ERROR_CODES = {
  parse: 4002,
  invalidStream: 4006,
  invalidSignature: 4007,
  invalidDepthWindow: 4008,
  tooManyStreams: 4009,
  cannotResume: 4010,
  unauthorized: 4011,
  tooManyFrames: 4029,
} as const;

const StreamName = z
  .string({ error: mustBe('a stream name like "trade.SOL_USDC"') })
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, { error: mustBe('a stream name like "trade.SOL_USDC"') })
  .meta({ description: 'Name of a stream.', examples: ['depth.SOL_USDC_PERP'] });

const StreamNames = z
  .array(StreamName, { error: mustBe('a list of stream names') })
  .min(1, { error: mustBe('a list of at least one stream name') })
  .max(STREAMS_PER_FRAME_MAX, { error: mustBe(`a list of at most ${STREAMS_PER_FRAME_MAX} stream names`) });

const RequestId = z
  .union([z.int(), z.string().max(64)])
  .meta({ description: 'Your id of the request; asks for an acknowledgement.', examples: [1] });

const SignatureText = z.union([z.string().max(128), z.int().nonnegative().transform(String)]);

/** The proof that private streams need. */
export const StreamSignature = z
  .tuple([SignatureText, SignatureText, SignatureText, SignatureText], { error: mustBe('a list [key, signature, timestamp, window]') })
  .meta({
    description: 'Public key, signature, timestamp and window; signed is `instruction=subscribe&timestamp=<ms>&window=<ms>`.',
    examples: [['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', `${'A'.repeat(86)}==`, '1750793021519', '5000']],
    type: 'array',
    prefixItems: undefined,
    items: { type: 'string' },
    minItems: 4,
    maxItems: 4,
  });

/** Starts streams. */
export const SubscribeFrame = define(
  'SubscribeFrame',
  'Starts streams.',
  z.strictObject({
    method: z.literal('SUBSCRIBE'),
    params: StreamNames,
    signature: StreamSignature.optional(),
    id: RequestId.nullish(),
    snapshot: flag('Depth streams begin with the whole book.').optional(),
    resumeAfter: u64('Private streams first repeat what came after this sequence number.', 91_422).optional(),
  }),
  { method: 'SUBSCRIBE', params: ['depth.SOL_USDC_PERP', 'trade.SOL_USDC_PERP'], id: 1 },
);
/** Starts streams. */
export type SubscribeFrame = z.infer<typeof SubscribeFrame>;

/** Ends streams. */
export const UnsubscribeFrame = define(
  'UnsubscribeFrame',
  'Ends streams.',
  z.strictObject({ method: z.literal('UNSUBSCRIBE'), params: StreamNames, signature: StreamSignature.optional(), id: RequestId.nullish() }),
  { method: 'UNSUBSCRIBE', params: ['trade.SOL_USDC_PERP'], id: 2 },
);
/** Ends streams. */
export type UnsubscribeFrame = z.infer<typeof UnsubscribeFrame>;

/** Asks whether the connection lives. */
export const PingFrame = define(
  'PingFrame',
  'Asks whether the connection lives.',
  z.strictObject({ method: z.literal('PING'), id: RequestId.nullish() }),
  { method: 'PING', id: 3 },
);
/** Asks whether the connection lives. */
export type PingFrame = z.infer<typeof PingFrame>;

/** Whatever a client may send. */
export const ClientFrame = z.discriminatedUnion('method', [SubscribeFrame, UnsubscribeFrame, PingFrame], {
  error: mustBe('an object with method SUBSCRIBE, UNSUBSCRIBE or PING'),
});
/** Whatever a client may send. */
export type ClientFrame = z.infer<typeof ClientFrame>;

/** Acknowledges a frame that carried an id. */
export const AcknowledgeFrame = define(
  'AcknowledgeFrame',
  'Acknowledges a frame that carried an id.',
  z.strictObject({ id: z.union([z.int(), z.string()]).meta({ examples: [1] }), result: z.null() }),
);
/** Acknowledges a frame that carried an id. */
export type AcknowledgeFrame = z.infer<typeof AcknowledgeFrame>;

/** Refuses a frame. */
export const StreamErrorFrame = define(
  'StreamErrorFrame',
  'Refuses a frame.',
  z.strictObject({
    id: z.union([z.int(), z.string(), z.null()]).meta({ description: 'Id of the refused frame; null without one.', examples: [null] }),
    error: z.strictObject({
      code: z.int().meta({ examples: [4006] }),
      message: z.string().meta({ examples: ['Invalid stream: "tradez.SOL_USDC"'] }),
    }),
  }),
  { id: null, error: { code: 4006, message: 'Invalid stream: "tradez.SOL_USDC"' } },
);
/** Refuses a frame. */
export type StreamErrorFrame = z.infer<typeof StreamErrorFrame>;
