/** @file Models that were trained in a browser, as something to look into. Fetched when somebody asks for one. */
import {
	type Opened as Known,
	type Source,
	TrainedLooker
} from '#lib/engine/training/trained-looker.ts';
import { LARGEST_FILE, readTrainedModel } from '#lib/engine/training/trained-model.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Tokens } from '../next/tokens.ts';
import { fileText } from '../run/file-text.ts';
import { type LastModel, lastModel } from '../train/last-model.ts';
import { MOST_WRITTEN } from './prompt.ts';
import type { Subject, SubjectKey } from './subject.ts';
import { count } from '../words.ts';

/** The one that was shown last. */
let last: LastModel | undefined;

/** The one that was trained here is put away. */
export async function forgetModel(): Promise<void> {
	await last?.forget();
}

/** The one that was trained in this browser last, done or not; undefined where none is kept. */
export async function ownSubject(): Promise<Subject | undefined> {
	last = await lastModel();
	if (!last) return undefined;
	const { steps, of } = last;
	const name =
		steps < of
			? `the model you trained here, step ${count(steps)} of ${count(of)}`
			: last.name || 'the model you trained here';
	return subjectOf('own', last.source, { name, sha256: last.sha256, prompt: last.prompt });
}

/** @throws an error whose message is a sentence for readers */
export async function fileSubject(file: Blob): Promise<Subject> {
	const text = await fileText(file, LARGEST_FILE, 'a model that was trained here');
	const { name, sha256, prompt, config, tokenizer, values } = await readTrainedModel(text);
	const source = { config, tokenizer, values };
	return subjectOf('file', source, { name: name || 'a model without a name', sha256, prompt });
}

/** A model that was trained, taken up in a worker of its own. @throws as `fileSubject` */
export async function subjectOf(
	key: SubjectKey,
	source: Source,
	about: { name: string; sha256: string; prompt: string | undefined },
	createWorker?: () => Worker
): Promise<Subject> {
	const looker = new TrainedLooker(source, createWorker);
	let known: Known;
	try {
		known = await looker.open();
	} catch (error) {
		looker.dispose();
		throw error;
	}
	const { config } = known;
	const tokenizer = new Tokenizer(known.tokenizer);
	const { name, sha256 } = about;
	const opened = {
		name: 'trained',
		model: { name, parameters: parameterCount(config), sha256 },
		look: looker.look.bind(looker),
		retrace: looker.retrace.bind(looker)
	};
	return {
		key,
		tokens: new Tokens(tokenizer),
		config,
		opening: about.prompt ?? known.prompt ?? '',
		markers: 'The one with pointed brackets is a marker that the program adds: here a text begins.',
		cut: (text) => tokenizer.encode(text),
		unknown: (text) => tokenizer.unknown(text),
		before: 1,
		requestOf: (beginning, settings) => ({
			messages: [{ role: 'user', content: beginning }],
			...settings,
			maxTokens: MOST_WRITTEN
		}),
		model: async () => opened,
		dispose: () => looker.dispose()
	};
}
