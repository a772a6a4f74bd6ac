/**
 * The text the pocket model is trained on: all of it written here, nothing collected.
 * One seed gives one stream of documents, the same on every machine.
 */
import { echo, exercise } from './exercises.ts';
import { heldOutPairs, isHeldOut } from './cast.ts';
import { chat } from './chats.ts';
import { Dice, hash, weighted } from './grammar.ts';
import { people } from './names.ts';
import { note } from './notes.ts';
import { question } from './questions/question.ts';
import { story } from './stories/story.ts';
import { things } from './things.ts';

/** A short conversation: you, reply, you, reply. Most have one of each. */
export type Document = { kind: string; turns: string[] };

/** Shares aimed at, by characters; drafts that are thrown away move them by a few per cent. */
const shares: Record<string, number> = {
	story: 0.42,
	question: 0.22,
	chat: 0.1,
	note: 0.04,
	exercise: 0.14,
	echo: 0.08
};

/** Each kind throws its own dice: a change to one leaves the drafts of the others alone. */
const diceFor = (seed: number, purpose: string): Dice => new Dice(seed ^ hash(purpose));

function* stream(
	seed: number,
	characters: number,
	makers: Record<string, (dice: Dice) => string[] | undefined>
): Generator<Document> {
	const dice = diceFor(seed, 'kinds');
	const kinds = Object.keys(makers);
	const total = kinds.reduce((sum, kind) => sum + (shares[kind] as number), 0);
	const length: Record<string, number> = {};
	const written: Record<string, number> = {};
	const made: Record<string, number> = {};
	const throws = Object.fromEntries(kinds.map((kind) => [kind, diceFor(seed, kind)]));
	let sum = 0;
	while (sum < characters) {
		// Kinds are drawn by chance, weighted so that characters, not documents, meet the shares.
		const weights = kinds.map((kind) => (shares[kind] as number) / total / (length[kind] ?? 300));
		const kind = kinds[weighted(weights, dice.next())] as string;
		const turns = makers[kind]?.(throws[kind] as Dice);
		if (!turns) continue;
		const size = turns.reduce((a, turn) => a + turn.length, 0);
		written[kind] = (written[kind] ?? 0) + size;
		made[kind] = (made[kind] ?? 0) + 1;
		length[kind] = (written[kind] as number) / (made[kind] as number);
		sum += size;
		yield { kind, turns };
	}
}

/** Nothing with a held-out pair in it may pass, whichever words brought the pair about. */
const clean =
	(maker: (dice: Dice) => string[] | undefined) =>
	(dice: Dice): string[] | undefined => {
		const turns = maker(dice);
		if (!turns || turns.some((turn) => turn === '')) return undefined;
		return heldOutPairs(turns.join(' ')).length > 0 ? undefined : turns;
	};

export function* trainingDocuments(seed: number, characters: number): Generator<Document> {
	yield* stream(seed, characters, {
		story: clean((dice) => story(dice)),
		question: clean((dice) => question(dice, false)),
		chat: clean(chat),
		note: clean(note),
		exercise: clean(exercise),
		echo: clean(echo)
	});
}

const heldPairs: [string, string][] = people.flatMap(({ name }) =>
	things
		.filter(({ noun }) => isHeldOut(name, noun))
		.map(({ noun }): [string, string] => [name, noun])
);

/** Only pairs and wordings that training has never seen. */
export function* heldOutDocuments(seed: number, characters: number): Generator<Document> {
	yield* stream(seed ^ 0x5eed, characters, {
		story: (dice) => story(dice, { pair: dice.pick(heldPairs) }),
		question: (dice) => question(dice, true)
	});
}

/** Offered under the prompt field: all of these are trained. */
export const examplePrompts: { prompt: string; topic: string[] }[] = [
	{ prompt: 'Tell me what a token is.', topic: ['token', 'tokens', 'piece', 'pieces'] },
	{ prompt: 'Tell me a story about the boat.', topic: ['boat'] },
	{ prompt: 'What does the clock do at night?', topic: ['clock', 'letters', 'letter'] },
	{ prompt: 'Are you learning from me?', topic: ['weights', 'learn', 'training'] },
	{ prompt: 'Who is the baker?', topic: ['Pell'] },
	{ prompt: 'The moon opened the', topic: ['door'] },
	{ prompt: 'Write about Nora and the lantern.', topic: ['Nora', 'lantern'] },
	{ prompt: 'What did training cost?', topic: ['training', 'paid', 'once', 'work'] },
	{ prompt: 'Why does output cost more?', topic: ['output', 'answer', 'token', 'input'] },
	{ prompt: 'How do you write an answer?', topic: ['token', 'guess', 'draw'] }
];

export type ScoringPrompt = {
	prompt: string;
	topic: string[];
	name?: string;
	object?: string;
	offTopic?: boolean;
};

/** Wordings that no list of questions holds. */
const unseen: [string, string[]][] = [
	['Could you say what tokens are made of?', ['token', 'tokens', 'text', 'word']],
	['I do not get it, what is a token really?', ['token', 'text', 'piece']],
	['So you pick the next word by chance?', ['token', 'chance', 'guess', 'draw']],
	['How does a sentence of yours come about?', ['token', 'guess', 'draw']],
	['Why do you use pieces of words at all?', ['pieces', 'words', 'tokens', 'token']],
	['What happened to you before I came here?', ['training', 'trained', 'weights']],
	['Will my questions make you smarter one day?', ['weights', 'learn', 'training']],
	['Do the numbers in you move while you write?', ['weights', 'frozen', 'no']],
	['Is using you the same as training you?', ['training', 'use', 'weights']],
	['If ten people ask the same, is it one answer?', ['answer', 'work', 'new', 'token']],
	['What is the running tab at the bottom?', ['tab', 'token', 'tokens']],
	['Is reading my question for free?', ['input', 'tokens', 'counts', 'counted', 'read']],
	['Why is writing dearer than reading?', ['output', 'token', 'answer']],
	['Was it expensive to train you?', ['training', 'once', 'paid', 'work']],
	['Please explain the word inference to me.', ['inference', 'use', 'training']],
	['What is this temperature knob for?', ['temperature', 'chances', 'draw', 'tokens']],
	['What if I use the same seed again?', ['seed', 'same', 'answer']],
	['What sort of thing am I talking to?', ['model', 'pocket']],
	['Do you have a mind?', ['model', 'token', 'tokens', 'words']],
	['Can I believe your answers?', ['true', 'likely', 'check', 'wrong', 'false']],
	['Which books did you read?', ['town', 'text', 'read']],
	['Can you search the web for me?', ['look', 'weights', 'internet', 'text']],
	['Are your sums right?', ['sums', 'guess', 'numbers', 'token']],
	['Where can I find the wooden boat?', ['boat', 'willow']],
	['Who looks after the lighthouse?', ['Voss']],
	['Who runs the ferry?', ['Marta']],
	['Who hangs the lost letters back on the clock?', ['Tamm']],
	['What is the name of this town?', ['Quillmouth']],
	['Who teaches the children?', ['Fenn']],
	['What does the moon want from the baker?', ['moon', 'buns', 'bun']]
];

const offTopic = [
	'Who won the football match?',
	'What is the capital of the largest country?',
	'How do I fix my phone?',
	'Write a computer program.',
	'Which film should I watch tonight?',
	'What is the best pizza?',
	'Who was the first king?'
];

const pairForms = [
	'Write about $A and the $o.',
	'Tell me a story about $A and the $o.',
	'What did $A do with the $o?',
	'What happened to $A and the $o?'
];

function* scoring(): Generator<ScoringPrompt> {
	for (const chip of examplePrompts) yield { ...chip };
	for (const prompt of offTopic) yield { prompt, topic: [], offTopic: true };
	for (const [prompt, topic] of unseen) yield { prompt, topic };
	const dice = new Dice(20);
	for (const [i, { name }] of dice.some(people, 12).entries()) {
		const prompt = (i % 2 ? 'Hello, I am $A.' : 'My name is $A.').replace('$A', name);
		yield { prompt, topic: [name], name };
	}
	for (const [i, [name, object]] of dice.some(heldPairs, 100).entries()) {
		const form = pairForms[i % pairForms.length] as string;
		const prompt = form.replace('$A', name).replace('$o', object);
		yield { prompt, topic: [name, object], name, object };
	}
}

function hundred(): ScoringPrompt[] {
	const list: ScoringPrompt[] = [];
	for (const prompt of scoring()) {
		list.push(prompt);
		if (list.length === 100) break;
	}
	return list;
}

/** Exactly a hundred, always the same: the training report is compared from run to run. */
export const scoringPrompts: ScoringPrompt[] = hundred();

/** Every word of a text, as the count of valid words sees it. */
export function wordsOf(text: string): string[] {
	return text.match(/[A-Za-z]+(?:'[a-z]+)?/g) ?? [];
}

/** The words the corpus uses, found by writing some of it: small letters, four million characters. */
export function knownWords(seed = 1, characters = 4e6): Set<string> {
	const known = new Set<string>();
	for (const { turns } of trainingDocuments(seed, characters)) {
		for (const turn of turns) for (const word of wordsOf(turn)) known.add(word.toLowerCase());
	}
	return known;
}
