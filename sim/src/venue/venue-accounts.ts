/** Account of the fund: every venue has it from its first command. */
export const FUND_ACCOUNT = 2;
