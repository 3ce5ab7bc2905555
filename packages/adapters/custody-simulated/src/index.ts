export { DEPOSITS_MAX, FAILING_ADDRESS_PREFIX, SimulatedCustodian, type SimulatedCustodianSettings } from './simulated-custodian.ts';
