/** An error whose message is a sentence for readers. */
export class Told extends Error {}
