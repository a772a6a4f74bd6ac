/** That of the recorded run; of each further prompt one more. */
export const FIRST_SEED = 17;
