import { describeEngineLink } from '@mochila/ports/conformance';
import { RingEngineLink } from '../link/ring-engine-link.ts';
import { makeDirectory, startTestVenue } from '../testing/start-test-venue.ts';

describeEngineLink('a link to the core thread', async () => {
  const directory = makeDirectory();
  const venue = await startTestVenue({ directory: directory.path });
  const [seat] = venue.seats;
  if (seat === undefined) throw new Error('the venue has no link');
  const link = new RingEngineLink(seat);
  return {
    link,
    nowMs: () => Date.now(),
    passSecond: () => new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000))),
    stop: async () => {
      await venue.stop();
      directory.remove();
    },
  };
});
