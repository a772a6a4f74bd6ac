import { rounded } from '../words.ts';

/** A loss as a number of equally likely choices: "3.4". */
export const amongOf = (loss: number): string => rounded(Math.exp(loss), 2);
