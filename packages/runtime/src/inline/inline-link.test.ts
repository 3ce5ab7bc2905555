import { smallGenesis } from '@mochila/core';
import { describeEngineLink } from '@mochila/ports/conformance';
import { createSimulatedClock } from '@mochila/testkit';
import { createInlineLink } from './inline-link.ts';

describeEngineLink('the inline link', async () => {
  const genesis = smallGenesis();
  const clock = createSimulatedClock(genesis.createdAtMicros);
  const link = createInlineLink({ genesis, clock });
  return {
    link,
    nowMs: () => clock.nowMicros() / 1000,
    passSecond: () => {
      clock.advance(1_000_000);
      return link.runDue();
    },
    stop: async () => link.close(),
  };
});
