/** `fundMove`: what the fund received or paid, as soon as it did, without a name. */
import { FundMove, nameOf } from '@mochila/protocol';
import type { FundMoveEvent } from '../schemas/stream-public.ts';
import { writeAmount } from '../venue/write-decimals.ts';
import { Channel } from './channel.ts';
import { refuse, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the stream. The id of a move is that of `GET /api/v1/fund/moves`. */
export function createFundMoveStream({ directory, nowMicros }: StreamContext): StreamKind {
  const channel = new Channel('fundMove');
  return {
    prefix: 'fundMove',
    resolve: (parts, name) => (parts.length === 0 ? channel : refuse(name, 'the fund is one for the whole venue: its stream has no parts')),
    listener: {
      batch: ({ seq, timeMicros, events }) => {
        if (channel.size === 0) return;
        for (const [ix, event] of events.entries()) {
          if (event.name !== 'fundMoved') continue;
          const { move, asset, amountAtoms } = event.fields;
          const entry = directory.assetAt(asset);
          channel.publish({
            e: 'fundMove',
            E: nowMicros(),
            T: timeMicros,
            i: `${seq}-${ix}`,
            k: nameOf(FundMove, move),
            s: entry.symbol,
            q: writeAmount(entry, amountAtoms),
          } satisfies FundMoveEvent);
        }
      },
    },
  };
}
