/** Prompts of a record at most: of more the last. */
export const MOST_PROMPTS = 5000;
