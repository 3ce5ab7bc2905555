/** The contract of the venue: commands, events, rejects, queries, their binary form, and what clients sign. */

export * from './candle.ts';
export * from './candle-interval.ts';
export * from './codec/command-views.ts';
export * from './codec/record.ts';
export * from './commands.ts';
export * from './enums.ts';
export * from './events.ts';
export * from './genesis.ts';
export * from './history-rows.ts';
export * from './outcome.ts';
export * from './queries.ts';
export * from './reject.ts';
export * from './signing/base64.ts';
export * from './signing/canonical.ts';
export * from './signing/curve.ts';
export * from './signing/instructions.ts';
export * from './signing/keys.ts';
export * from './signing/sign-request.ts';
