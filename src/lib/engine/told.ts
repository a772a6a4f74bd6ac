/** An error whose message is a sentence for readers. */
export class Told extends Error {}

/** What a thing that was thrown says, whatever it is. */
export const messageOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : String(thrown);
