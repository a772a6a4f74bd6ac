import source from '#content/lessons/06-the-meter.md?raw';
import { pocket } from '#lib/engine/pocket/summary.ts';
import record from '#lib/exhibits/bill/recorded.json';
import { lessonAt } from '#lib/learn/catalogue.server.ts';
import { wordsIn } from './length.ts';

/** What the page knows when it is built: the model, the length of a lesson, and a recorded run for a sample. */
export function load() {
	const { number } = lessonAt('the-meter').lesson;
	const { name, sha256, training } = pocket;
	const { usage, date, request } = record;

	return {
		model: { name, sha256, trainingTokens: training.tokens },
		lesson: { name: `lesson ${number}`, words: wordsIn(source) },
		sample: {
			date,
			seed: request.seed,
			sent: usage.promptTokens,
			came: usage.outputTokens
		}
	};
}
