/** What stands in for an exchange where its readers are tried: a stream on the loopback interface and frames in its form. */
export { framesOf, type SaidPrice, saidPrice } from '../testing/make-frame.ts';
export { StreamServer } from '../testing/stream-server.ts';
