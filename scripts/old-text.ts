/**
 * @file Chooses conversations of the pocket model's held-out text by which the site measures what the model forgets when a
 * reader trains it further. Run by hand with `node scripts/run.mjs scripts/old-text.ts`; the result is committed.
 */
import { writeFileSync } from 'node:fs';
import record from '#lib/engine/pocket/record.json';
import { heldOutDocuments } from './corpus/corpus.ts';

/** Each kind as often as in the text that it was trained on. */
const COUNT = 24;
const LONGEST = 360; // characters

const left = new Map(
	Object.entries(record.corpus.kinds).map(([kind, share]) => [
		kind,
		Math.max(1, Math.round(share * COUNT))
	])
);
const documents: string[][] = [];
// the seed of the held-out text of the training run itself
for (const { kind, turns } of heldOutDocuments(record.seed + 1, 250_000)) {
	const wanted = left.get(kind) ?? 0;
	if (!wanted || turns.join('').length > LONGEST) continue;
	left.set(kind, wanted - 1);
	documents.push(turns);
}

writeFileSync(
	'src/lib/engine/training/old-text.json',
	JSON.stringify({ seed: record.seed + 1, documents }, null, '\t') + '\n'
);
console.log(`${documents.length} conversations`);
