export { type FaultyFileSystem, faultyFileSystem } from './faulty-file-system.ts';
export { type PowerLossFileSystem, powerLossFileSystem } from './power-loss-file-system.ts';
export { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';
export { commandOf, type DrivenLink, pricesCommand, requireDone, type TestPerson, TestVenue, type UserCommandName } from './test-venue.ts';
export { startVenueProcess, type VenueProcess, type VenueProcessOptions } from './venue-process.ts';
