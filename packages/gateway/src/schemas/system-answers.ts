/** Answers about the venue itself. */
import { z } from 'zod';
import { orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as enums from './enums.ts';

/** Whether the venue works. */
export const StatusAndMessage = define(
  'StatusAndMessage',
  'Whether the venue works.',
  z.strictObject({
    status: enums.Status,
    message: orNull(str('Remark for people; null when all is well.', 'Trading is open')),
  }),
);
/** Whether the venue works. */
export type StatusAndMessage = z.infer<typeof StatusAndMessage>;

/** A wallet of the venue. */
export const WalletResponse = define(
  'WalletResponse',
  'A wallet of the venue.',
  z.strictObject({
    blockchain: str('Chain.', 'Solana'),
    address: str('Address.', '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5'),
  }),
);
/** A wallet of the venue. */
export type WalletResponse = z.infer<typeof WalletResponse>;
