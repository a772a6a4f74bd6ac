/** @file The model that was trained in this browser last, for a page that wants to look into it. */
import { fingerprint } from '#lib/engine/training/fingerprint.ts';
import type { Source } from '#lib/engine/training/trained-looker.ts';
import { weightsOf } from '#lib/engine/training/trained-model.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { checkConfig } from '#lib/tiny/weights.ts';
import { discard, finished, type Finished } from './finished.ts';
import { inBrowser } from './store.ts';

export type LastModel = {
	source: Source;
	/** Given by the reader; empty as long as there is none. */
	name: string;
	/** Milliseconds since 1970. */
	at: number;
	/** Learnt so far, and in all. */
	steps: number;
	of: number;
	sha256: string;
	/** What its pictures were finished from, where that is known without reading its text again. */
	prompt?: string;
	/** Deletes it from this browser. */
	forget(): Promise<void>;
};

/** The later of the two that are kept, done or not; undefined where there is none, or nothing of ours. */
export async function lastModel(): Promise<LastModel | undefined> {
	const [done, unfinished] = await Promise.all([
		finished()
			.then(doneFrom)
			.catch(() => undefined),
		inBrowser.load().catch(() => undefined)
	]);
	const going: LastModel | undefined = unfinished && {
		source: { recipe: unfinished.recipe, kept: unfinished.kept },
		name: '',
		at: unfinished.at,
		steps: unfinished.kept.spent.steps,
		of: unfinished.recipe.steps,
		sha256: unfinished.kept.sha256,
		forget: () => inBrowser.forget(true)
	};
	return [done, going].filter((one) => one !== undefined).sort((a, b) => b.at - a.at)[0];
}

/** Somebody else may have written there, or an earlier version. @throws where it is no model */
async function doneFrom(found: Finished | undefined): Promise<LastModel | undefined> {
	if (found === undefined) return undefined;
	const { version, at, name, prepared, spent, sha256, checkpoint } = found;
	const { config, tokenizer, prompt } = prepared;
	checkConfig(config);
	const values = weightsOf(new Uint8Array(await checkpoint!.arrayBuffer()));
	const whole =
		version === 1 &&
		Number.isFinite(at) &&
		Number.isInteger(spent.steps) &&
		typeof prompt === 'string' &&
		config.context <= 1024 &&
		new Tokenizer(tokenizer).size === config.vocabulary &&
		values.length === parameterCount(config) &&
		(await fingerprint(values)) === sha256;
	if (!whole) return undefined;
	return {
		source: { config, tokenizer, values },
		name: typeof name === 'string' ? name.slice(0, 60) : '',
		at,
		steps: spent.steps,
		of: spent.steps,
		sha256,
		prompt: prompt.slice(0, 200),
		forget: discard
	};
}
