import recordFile from '#lib/engine/pocket/record.json';
import type { PocketRecord } from '#lib/engine/pocket/manifest.ts';

export const prerender = true;
export const trailingSlash = 'never';

/** All the prompts of the score and what was answered, good or bad, as plain text. */
export function GET() {
	const { scores, date } = recordFile as PocketRecord;

	const head = `The pocket model's answers to ${scores.prompts} fixed prompts, ${date}, temperature ${scores.temperature}.\nThe seed of each is its number. Nothing has been left out.\n`;
	const answers = scores.replies.map(({ prompt, reply }, i) => `${i + 1}. ${prompt}\n${reply}\n`);

	return new Response([head, ...answers].join('\n'), {
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});
}
